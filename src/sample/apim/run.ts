// Starts Sample API Management for the program: its token, its ports, where it is kept, and what the ready line says of it.

import type { SampleFolder } from '../folder/folder';
import { atPort, codeOf, GivenUp } from '../givenUp';
import { makeToken, writeKeyFile } from '../keyFile';
import { startApiManagement } from './start';

/** What the program needs of it. */
export interface RunningApiManagement {
  readonly ports: { readonly arm: number; readonly gateway: number };
  /** Members of the ready line. */
  readonly ready: { readonly arm: object; readonly gateway: string };
}

/**
 * Starts it. Without SAMPLE_ARM_TOKEN a token is made up and handed over in a file, and nothing is kept. Rejects with GivenUp.
 */
export async function runApiManagement(
  asked: { readonly armPort: number; readonly gatewayPort: number; readonly creationSeconds?: number },
  folder: SampleFolder | undefined,
  tell: (line: string) => void,
): Promise<RunningApiManagement> {
  const given = readGivenToken();
  const token = given ?? makeToken();
  const apim = await startApiManagement({
    arm: (begin) => atPort(asked.armPort, folder?.ports?.arm, (port) => listening(port, '--arm-port', begin)),
    gateway: (begin) => atPort(asked.gatewayPort, folder?.ports?.gateway, (port) => listening(port, '--gateway-port', begin)),
    token,
    ...(folder && given !== undefined ? { file: folder.apim } : {}),
    ...(asked.creationSeconds === undefined ? {} : { creationMs: asked.creationSeconds * 1000 }),
    now: () => Date.now(),
    tell,
  });
  void folder?.lost.then(() => apim.letGo());
  process.on('exit', () => apim.flush());
  const { endpoint } = apim.place;
  const what = 'Sample API Management, which is no part of Azure and holds nothing real, has its ARM';
  const gateway = `and its gateway at ${apim.gatewayUrl}.`;
  if (given !== undefined) tell(`${what} at ${endpoint} ${gateway} The token is the value of SAMPLE_ARM_TOKEN.`);
  const tokenFile = given === undefined ? keepToken(token) : undefined;
  if (tokenFile !== undefined) tell(`${what} at ${endpoint} ${gateway} The token is in ${tokenFile}, which is removed at the end.`);
  return {
    ports: { arm: apim.armPort, gateway: apim.gatewayPort },
    ready: { arm: { ...apim.place, ...(tokenFile === undefined ? {} : { tokenFile }) }, gateway: apim.gatewayUrl },
  };
}

function readGivenToken(): string | undefined {
  const token = process.env.SAMPLE_ARM_TOKEN;
  if (token === undefined || token === '') return undefined;
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new GivenUp('SAMPLE_ARM_TOKEN must be printable ASCII characters without blanks, or a caller could not send it.', 2);
  return token;
}

function keepToken(token: string): string {
  try {
    const file = writeKeyFile(token, undefined, 'arm-token');
    process.on('exit', () => file.remove());
    return file.path;
  } catch (error) {
    throw new GivenUp(`The file with the token of Sample API Management cannot be written (${codeOf(error)}).`, 1);
  }
}

async function listening<T>(port: number, option: string, begin: (port: number) => Promise<T>): Promise<T> {
  try {
    return await begin(port);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE')
      throw new GivenUp(`Port ${port} of 127.0.0.1 is in use by another program. Choose another for ${option}, or 0 for any free one.`, 1);
    throw new GivenUp(`Sample API Management cannot listen at port ${port} of 127.0.0.1 (${code}).`, 1);
  }
}
