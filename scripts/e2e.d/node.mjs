// Asks a node over its RPC, with nothing of ours in between: no client, no contract's types.
//   node node.mjs RPC state HEIGHT NAME=ADDRESS...   all that contracts keep: `name key value` a line, hex, in the chain's order
//   node node.mjs RPC ask                            answers lines of `address query` from stdin, one line each

const [rpc, command, ...rest] = process.argv.slice(2);

function varint(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) | 128);
  return Buffer.from([...bytes, number]);
}

// A field of protobuf that holds bytes, or a message.
const field = (number, bytes) => Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);

// Fields of a message that hold bytes, by number; numbers are passed over.
function fields(bytes) {
  const found = {};
  let at = 0;
  const number = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = number();
    if (tag % 8 === 0) {
      number();
    } else if (tag % 8 === 2) {
      const length = number();
      (found[Math.floor(tag / 8)] ??= []).push(bytes.subarray(at, at + length));
      at += length;
    } else {
      throw new Error(`a field of kind ${tag % 8} where bytes were expected`);
    }
  }
  return found;
}

async function query(path, request, height = '0') {
  const params = { path: `/cosmwasm.wasm.v1.Query/${path}`, data: request.toString('hex'), height, prove: false };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'abci_query', params });
  const answer = await (await fetch(rpc, { method: 'POST', body })).json();
  if (answer.error) throw new Error(JSON.stringify(answer.error));
  const { code, log, value } = answer.result.response;
  if (code !== 0) throw new Error(`${path}: ${log}`);
  return fields(Buffer.from(value ?? '', 'base64'));
}

async function state(height, named) {
  for (const [name, address] of named.map((pair) => pair.split('='))) {
    let next = Buffer.alloc(0);
    const lines = [];
    do {
      const page = next.length > 0 ? [field(2, field(1, next))] : [];
      const answer = await query('AllContractState', Buffer.concat([field(1, Buffer.from(address)), ...page]), height);
      for (const model of answer[1] ?? []) {
        const { 1: [key = Buffer.alloc(0)] = [], 2: [value = Buffer.alloc(0)] = [] } = fields(model);
        lines.push(`${name} ${key.toString('hex')} ${value.toString('hex')}\n`);
      }
      next = answer[2]?.[0] ? (fields(answer[2][0])[1]?.[0] ?? Buffer.alloc(0)) : Buffer.alloc(0);
    } while (next.length > 0);
    process.stdout.write(lines.join(''));
  }
}

async function ask() {
  const text = await new Response(process.stdin).text();
  const lines = text.split('\n').filter((line) => line !== '');
  for (let at = 0; at < lines.length; at += 20) {
    const answers = lines.slice(at, at + 20).map((line) => {
      const blank = line.indexOf(' ');
      const request = [field(1, Buffer.from(line.slice(0, blank))), field(2, Buffer.from(line.slice(blank + 1)))];
      return query('SmartContractState', Buffer.concat(request));
    });
    for (const answer of await Promise.all(answers)) process.stdout.write(`${answer[1][0].toString()}\n`);
  }
}

if (command === 'state') await state(rest[0], rest.slice(1));
else if (command === 'ask') await ask();
else throw new Error(`unknown command ${command}`);
