import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, tools } from '../../services/tool.ts';
import type { DiskOperation } from './disk.ts';

/** An operation of the disk, or a line that the traced program wrote to its journal to say how far it is. */
export type Traced = DiskOperation | { readonly kind: 'said'; readonly line: string };

/** Said by nobody: what comes before it was there already. */
export const started = 'started';

const calls = 'openat,close,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink';
const stringBytesMax = 64 * 1024;

/**
 * Runs a program and answers what it did to files of one directory, in order. What was there before comes first, synced.
 * @param names of the files that count; @param journal the file to which the program writes its lines
 */
export const traceDisk = async (
  directory: string,
  names: readonly string[],
  journal: string,
  words: readonly string[],
): Promise<Traced[]> => {
  const output = `${directory}.trace`;
  const paths = [directory, ...[...names, journal].map((name) => join(directory, name))];
  const options = ['-f', '--seccomp-bpf', '-qq', '-xx', '-s', String(stringBytesMax), '-e', `trace=${calls}`];
  const trace = new Trace(directory, journal);
  for (const name of await readdir(directory)) trace.existing(name, await readFile(join(directory, name)));
  const strace = await findProgram(tools.strace);
  await promisify(execFile)(strace, [
    ...options,
    ...paths.flatMap((path) => ['-P', path]),
    '-o',
    output,
    ...words,
  ]);
  return trace.read(await readFile(output, 'latin1'));
};

/** `\x41\x42` as strace prints it with -xx. */
const textBytes = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

const callPattern = /^(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)$/s;

/** Reads strace's lines: which file each descriptor is, which calls succeeded. */
class Trace {
  readonly #directory: string;
  readonly #journal: string;
  readonly #descriptors = new Map<string, { readonly file: number; readonly name: string }>();
  readonly #files = new Map<string, number>();
  readonly #unfinished = new Map<string, string>();
  readonly #operations: Traced[] = [];
  #nextFile = 1;

  constructor(directory: string, journal: string) {
    this.#directory = directory;
    this.#journal = journal;
  }

  existing(name: string, bytes: Buffer): void {
    if (name === this.#journal) {
      this.#say(bytes);
      return;
    }
    const file = this.#nextFile++;
    this.#files.set(name, file);
    this.#operations.push(
      { kind: 'create', name, file },
      { kind: 'write', file, offset: 0, bytes },
      { kind: 'sync', file },
      { kind: 'sync-directory' },
    );
  }

  read(text: string): Traced[] {
    this.#operations.push({ kind: 'said', line: started });
    for (const line of text.split('\n')) this.#line(line);
    return this.#operations;
  }

  #line(line: string): void {
    const [, thread = '', call = '', rest = ''] = callPattern.exec(line) ?? [];
    if (rest.endsWith(' <unfinished ...>')) {
      this.#unfinished.set(thread, rest.slice(0, -' <unfinished ...>'.length));
      return;
    }
    const full = line.includes(' resumed>') ? (this.#unfinished.get(thread) ?? '') + rest : rest;
    const [, parameters = '', result = '-1'] = /^(.*)\) += (-?\d+)/s.exec(full) ?? [];
    if (Number(result) >= 0) this.#call(call, parameters.split(', '), result);
  }

  #call(call: string, parameters: readonly string[], result: string): void {
    const [first = '', second = '', third = '', fourth = ''] = parameters;
    const open = this.#descriptors.get(first);
    switch (call) {
      case 'openat':
        this.#open(nameOf(second), third, result);
        return;
      case 'close':
        this.#descriptors.delete(first);
        return;
      case 'write':
      case 'pwrite64':
        if (open !== undefined)
          this.#write(open, textBytes(second.slice(1, -1)), Number(fourth), Number(result));
        return;
      case 'ftruncate':
        if (open !== undefined)
          this.#operations.push({ kind: 'truncate', file: open.file, size: Number(second) });
        return;
      case 'fsync':
      case 'fdatasync':
        if (open === undefined) return;
        this.#operations.push(
          open.name === basename(this.#directory)
            ? { kind: 'sync-directory' }
            : { kind: 'sync', file: open.file },
        );
        return;
      case 'rename':
        this.#rename(nameOf(first), nameOf(second));
        return;
      case 'unlink':
        this.#files.delete(nameOf(first));
        this.#operations.push({ kind: 'unlink', name: nameOf(first) });
    }
  }

  #open(name: string, flags: string, descriptor: string): void {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = this.#nextFile++;
      this.#files.set(name, file);
      if (flags.includes('O_CREAT') && name !== this.#journal)
        this.#operations.push({ kind: 'create', name, file });
    }
    if (flags.includes('O_TRUNC')) this.#operations.push({ kind: 'truncate', file, size: 0 });
    this.#descriptors.set(descriptor, { file, name });
  }

  #write(
    { file, name }: { readonly file: number; readonly name: string },
    bytes: Buffer,
    offset: number,
    written: number,
  ): void {
    if (bytes.length < written)
      throw new Error(`${name}: a write of ${written} bytes is longer than the trace keeps`);
    if (name !== this.#journal) {
      this.#operations.push({ kind: 'write', file, offset, bytes: bytes.subarray(0, written) });
      return;
    }
    this.#say(bytes);
  }

  #say(bytes: Buffer): void {
    for (const line of bytes.toString('utf8').trimEnd().split('\n'))
      this.#operations.push({ kind: 'said', line });
  }

  #rename(from: string, to: string): void {
    const file = this.#files.get(from);
    this.#files.delete(from);
    if (file !== undefined) this.#files.set(to, file);
    this.#operations.push({ kind: 'rename', from, to });
  }
}

const nameOf = (quoted: string): string => basename(textBytes(quoted.slice(1, -1)).toString('utf8'));
