// Gathers an answer's bytes while they come, and undoes its content encoding at the end.

import type { Header, WireAnswer } from '../model/wire';
import { answerTooLarge, codingsOf, decoderFor, mostUnpackedBytes, unpacksTooLarge } from './codings';
import { Gathering } from './gathering';

/** Reads one answer. `maxBytes` bounds the body before and after decoding; without `hasBody` (HEAD) an announced length says nothing. */
export class AnswerReader {
  private status = 0;
  private statusText = '';
  private headers: readonly Header[] = [];
  private codings: readonly string[] = [];
  /** Made in full where the length is announced, so that a large body is held once and not also in pieces. */
  private whole: Buffer | undefined;
  private readonly gathered = new Gathering();
  private received = 0;

  constructor(private readonly maxBytes: number, private readonly hasBody = true) {}

  /**
   * Takes the status line and the raw header lines: names and values by turns. Throws TransportError where the announced length is too
   * large.
   */
  start(status: number, statusText: string, raw: readonly (Buffer | string)[]): void {
    this.status = status;
    this.statusText = statusText;
    this.headers = headerLines(raw);
    this.codings = codingsOf(this.headers);
    const length = announcedLength(this.headers);
    if (length === undefined || !this.hasBody) return;
    if (length > this.maxBytes) throw answerTooLarge(this.maxBytes);
    this.whole = Buffer.allocUnsafeSlow(length);
  }

  /** Takes the next bytes of the body. Throws TransportError where they are too many. */
  add(chunk: Buffer): void {
    if (this.received + chunk.length > this.maxBytes) throw answerTooLarge(this.maxBytes);
    if (this.whole === undefined) this.gathered.add(chunk);
    else chunk.copy(this.whole, this.received);
    this.received += chunk.length;
  }

  /** The answer, decoded. Rejects with TransportError or zlib's error where the body is not what its headers say. */
  async finish(): Promise<WireAnswer> {
    let body = this.bytes();
    if (body.length > 0) {
      for (const coding of this.codings) body = await this.decoded(body, coding);
    }
    const { status, statusText, headers } = this;
    return { status, statusText, headers, body: new Uint8Array(body.buffer, body.byteOffset, body.length) };
  }

  private async decoded(body: Buffer, coding: string): Promise<Buffer> {
    const limitBytes = Math.min(this.maxBytes, mostUnpackedBytes(this.received));
    // Each chunk of output is a trip to the thread pool: zlib's default of 16 KiB makes hundreds of them for a large body.
    const decoder = decoderFor(coding, body, Math.min(Math.max(body.length * 4, 16 * 1024), 1024 * 1024));
    const gathered = new Gathering();
    decoder.end(body);
    for await (const piece of decoder) {
      if (piece instanceof Uint8Array) gathered.add(piece);
      if (gathered.bytes > limitBytes) throw unpacksTooLarge(this.received, limitBytes);
    }
    return gathered.take();
  }

  private bytes(): Buffer {
    return this.whole?.subarray(0, this.received) ?? this.gathered.take();
  }
}

/** Header lines of raw ones: names and values by turns. */
export function headerLines(raw: readonly (Buffer | string)[]): Header[] {
  const lines: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    lines.push({ name: latin1(raw[index]), value: latin1(raw[index + 1]) });
  }
  return lines;
}

function latin1(bytes: Buffer | string | undefined): string {
  return typeof bytes === 'string' ? bytes : bytes?.toString('latin1') ?? '';
}

function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);
}

function announcedLength(headers: readonly Header[]): number | undefined {
  const value = valuesOf(headers, 'content-length')[0];
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
