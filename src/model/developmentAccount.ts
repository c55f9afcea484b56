// The storage account of the sample service: the development account of Azure's storage emulators, whose key is published and no secret.

/**
 * Name and key (base64) of the account that every storage emulator has. The key is printed in the vendor's documentation and protects
 * nothing.
 */
export const developmentAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
} as const;
