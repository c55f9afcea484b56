// What workspaces without a name of their own are called: people do not know ids by heart, so by their host where that is enough.

/** A workspace as it stands in the setting; `name` is the one that a person has given it. */
export interface NamedWorkspace {
  readonly address: string;
  readonly id: string;
  readonly host: string;
  readonly name: string | undefined;
}

/** So much of an id is shown at least, in characters. */
const leastOfId = 6;

/**
 * The names by address. Several of one host are told apart by the beginnings of their ids, which come first, as the end of a line is cut in
 * a narrow sidebar; those of one id by all of their address.
 */
export function workspaceNames(workspaces: readonly NamedWorkspace[]): ReadonlyMap<string, string> {
  return new Map(workspaces.map((workspace) => [workspace.address, nameOf(workspace, workspaces)]));
}

function nameOf({ address, id, host, name }: NamedWorkspace, workspaces: readonly NamedWorkspace[]): string {
  if (name !== undefined) return name;
  const others = workspaces.filter((other) => other.name === undefined && other.host === host && other.address !== address);
  if (others.length === 0 || id === host) return host;
  const twins = others.filter((other) => other.id === id);
  const short = withoutScheme(address);
  if (twins.length > 0) return twins.some((twin) => withoutScheme(twin.address) === short) ? address : short;
  return `${beginningOf(id, others.map((other) => other.id))} · ${host}`;
}

/** As much of an id as tells it from the others. */
function beginningOf(id: string, others: readonly string[]): string {
  for (let length = leastOfId; length < id.length; length += 1) {
    const beginning = id.slice(0, length);
    if (!others.some((other) => other.startsWith(beginning))) return `${beginning}…`;
  }
  return id;
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:\/\//, '');
}
