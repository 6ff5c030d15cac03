/** Unsigned big-endian integers of fixed width. */

/** A field that does not fit its width. */
export class FieldError extends RangeError {
  override name = 'FieldError';
}

/** Writes fields one behind the other. */
export class Writer {
  private readonly parts: number[] = [];

  /** `value` in `width` bytes; a number above 2^53 must be a bigint. */
  uint(width: number, value: number | bigint, name: string): this {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new FieldError(`${name}: expected a whole number, a bigint above 2^53, got ${value}`);
    }
    let rest = BigInt(value);
    if (rest < 0n || rest >> BigInt(8 * width) !== 0n) {
      throw new FieldError(`${name}: expected 0 to 2^${8 * width} - 1, got ${value}`);
    }
    const bytes = new Array<number>(width);
    for (let at = width - 1; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
    this.parts.push(...bytes);
    return this;
  }

  bytes(value: Uint8Array): this {
    for (const byte of value) this.parts.push(byte);
    return this;
  }

  end(): Uint8Array {
    return Uint8Array.from(this.parts);
  }
}

/** The integer in `width` bytes from `offset`. */
export function readUint(bytes: Uint8Array, offset: number, width: number): bigint {
  let value = 0n;
  for (const byte of bytes.subarray(offset, offset + width)) value = (value << 8n) | BigInt(byte);
  return value;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
