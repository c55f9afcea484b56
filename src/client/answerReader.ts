// Gathers an answer's bytes while they come, and undoes its content encoding at the end.

import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { Header, WireAnswer } from '../model/wire';
import { failureCode, TransportError } from './networkFailure';

/** Reads one answer. `maxBytes` bounds the body before and after decoding; without `hasBody` (HEAD) an announced length says nothing. */
export class AnswerReader {
  private status = 0;
  private statusText = '';
  private headers: readonly Header[] = [];
  private codings: readonly string[] = [];
  /** Made in full where the length is announced, so that a large body is held once and not also in pieces. */
  private whole: Buffer | undefined;
  private pieces: Buffer[] = [];
  private received = 0;

  constructor(private readonly maxBytes: number, private readonly hasBody = true) {}

  /** Takes the status line and the raw header lines: names and values by turns. Throws TransportError where the announced length is too large. */
  start(status: number, statusText: string, raw: readonly (Buffer | string)[]): void {
    this.status = status;
    this.statusText = statusText;
    this.headers = headerLines(raw);
    this.codings = codingsOf(this.headers);
    const length = announcedLength(this.headers);
    if (length === undefined || !this.hasBody) return;
    if (length > this.maxBytes) throw this.tooLarge();
    this.whole = Buffer.allocUnsafeSlow(length);
  }

  /** Takes the next bytes of the body. Throws TransportError where they are too many. */
  add(chunk: Buffer): void {
    if (this.received + chunk.length > this.maxBytes) throw this.tooLarge();
    if (this.whole === undefined) this.pieces.push(chunk);
    else chunk.copy(this.whole, this.received);
    this.received += chunk.length;
  }

  /** The answer, decoded. Rejects with TransportError or zlib's error where the body is not what its headers say. */
  async finish(): Promise<WireAnswer> {
    let body = this.bytes();
    if (body.length > 0) {
      for (const coding of this.codings) body = await decode(body, coding, this.maxBytes);
    }
    const { status, statusText, headers } = this;
    return { status, statusText, headers, body: new Uint8Array(body.buffer, body.byteOffset, body.length) };
  }

  private bytes(): Buffer {
    if (this.whole !== undefined) return this.whole.subarray(0, this.received);
    const joined = Buffer.allocUnsafeSlow(this.received);
    let at = 0;
    for (const piece of this.pieces) at += piece.copy(joined, at);
    this.pieces = [];
    return joined;
  }

  private tooLarge(): TransportError {
    return new TransportError(failureCode.answerTooLarge, `The answer is larger than ${this.maxBytes} bytes.`);
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

/** The content codings to undo as they were written, the one that was applied last first. */
export function codingsOf(headers: readonly Header[]): string[] {
  const codings = valuesOf(headers, 'content-encoding').flatMap((value) => value.split(','));
  return codings.map((coding) => coding.trim()).filter((coding) => coding !== '' && coding.toLowerCase() !== 'identity').reverse();
}

const gunzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const brotliDecompress = promisify<zlib.InputType, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);

async function decode(body: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  // Each chunk of output is a trip to the thread pool: zlib's default of 16 KiB makes hundreds of them for a large body.
  const options = { maxOutputLength: maxBytes, chunkSize: Math.min(Math.max(body.length * 4, 16 * 1024), 1024 * 1024) };
  switch (coding.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return gunzip(body, options);
    case 'deflate':
      // The standard means zlib's format; some servers send the bare stream.
      return hasZlibHeader(body) ? inflate(body, options) : inflateRaw(body, options);
    case 'br':
      return brotliDecompress(body, options);
    default:
      throw unknownCoding(coding);
  }
}

/** Tells zlib's format from the bare deflate stream, by its first two bytes. */
export function hasZlibHeader(body: Uint8Array): boolean {
  const [first = 0, second = 0] = body;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

/** The error for a content coding that nobody asked for. */
export function unknownCoding(coding: string): TransportError {
  return new TransportError(failureCode.encodingUnknown, `The answer has the content encoding "${coding}", which was not asked for.`);
}
