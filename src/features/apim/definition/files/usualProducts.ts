// The products that each new API Management instance has, by the names that Azure gives them.

/** One that was taken away is missed when files are deployed. */
export const usualProducts = [{ id: 'starter', displayName: 'Starter' }, { id: 'unlimited', displayName: 'Unlimited' }] as const;
