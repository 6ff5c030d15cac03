/*
 * What a device signs, in C99 without a library: the root and the signed message of docs/attestation.md.
 * The signature itself comes from the device's own crypto (a secure element, libsodium, mbed TLS).
 *
 *   cc -std=c99 -Wall -Wextra -pedantic -o attest attest.c
 *   attest check CHAIN_ID CONTRACT ENVELOPE_HEX
 *   attest build CHAIN_ID CONTRACT DEVICE DAY SEQUENCE SEED_HEX < receipts
 *
 * A line of receipts is "customer number amount time channel". Both calls print what is to be signed;
 * `build` prints the envelope up to the signature as well. tests/c.rs holds this file to vectors.json.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- SHA-256 (FIPS 180-4) ---- */

typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
} sha256_t;

static const uint32_t SHA256_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, unsigned n) { return (x >> n) | (x << (32 - n)); }

static void sha256_block(sha256_t *h)
{
    uint32_t w[64], v[8];
    unsigned i;

    for (i = 0; i < 16; i++)
        w[i] = (uint32_t)h->block[4 * i] << 24 | (uint32_t)h->block[4 * i + 1] << 16 |
               (uint32_t)h->block[4 * i + 2] << 8 | (uint32_t)h->block[4 * i + 3];
    for (i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)) +
               (rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10));
    }
    memcpy(v, h->state, sizeof v);
    for (i = 0; i < 64; i++) {
        uint32_t choose = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t most = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        uint32_t t1 = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) + choose + SHA256_K[i] + w[i];
        uint32_t t2 = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) + most;
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (i = 0; i < 8; i++)
        h->state[i] += v[i];
}

static void sha256_init(sha256_t *h)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(h->state, start, sizeof start);
    h->length = 0;
}

static void sha256_add(sha256_t *h, const void *bytes, size_t n)
{
    const uint8_t *from = bytes;

    while (n-- > 0) {
        h->block[h->length++ % 64] = *from++;
        if (h->length % 64 == 0)
            sha256_block(h);
    }
}

static void sha256_end(sha256_t *h, uint8_t out[32])
{
    uint64_t bits = h->length * 8;
    uint8_t length[8];
    unsigned i;

    for (i = 0; i < 8; i++)
        length[i] = (uint8_t)(bits >> (56 - 8 * i));
    sha256_add(h, "\x80", 1);
    while (h->length % 64 != 56)
        sha256_add(h, "", 1);
    sha256_add(h, length, 8);
    for (i = 0; i < 32; i++)
        out[i] = (uint8_t)(h->state[i / 4] >> (24 - 8 * (i % 4)));
}

/* ---- What a device signs ---- */

enum {
    HEADER = 30,    /* version, kind, device, day, sequence, seed */
    SIGNATURE = 64,
    RECEIPT = 25,
    MAX_LEAVES = 1024,
    MAX_ENVELOPE = HEADER + MAX_LEAVES * 53 + SIGNATURE,
    MAX_MESSAGE = 11 + 1 + 255 + 1 + 255 + 49
};

static uint8_t *put(uint8_t *to, uint64_t value, unsigned width)
{
    while (width-- > 0)
        *to++ = (uint8_t)(value >> (8 * width));
    return to;
}

static uint32_t get32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | (uint32_t)from[3];
}

/* Bytes of a leaf; 0 for a kind that has none. */
static size_t leaf_width(uint8_t kind)
{
    switch (kind) {
    case 1: return RECEIPT; /* terminal */
    case 2: return 53;      /* meter */
    case 5: return 24;      /* price */
    default: return 0;
    }
}

static void receipt(uint8_t out[RECEIPT], uint32_t customer, uint64_t number, uint64_t amount, uint32_t time,
                    uint8_t channel)
{
    out = put(out, customer, 4);
    out = put(out, number, 8);
    out = put(out, amount, 8);
    out = put(out, time, 4);
    put(out, channel, 1);
}

/* The first 16 bytes of sha256("vrs/salt/1" | seed | index). */
static void leaf_salt(const uint8_t seed[16], uint32_t index, uint8_t out[16])
{
    sha256_t h;
    uint8_t number[4], digest[32];

    put(number, index, 4);
    sha256_init(&h);
    sha256_add(&h, "vrs/salt/1", 10);
    sha256_add(&h, seed, 16);
    sha256_add(&h, number, 4);
    sha256_end(&h, digest);
    memcpy(out, digest, 16);
}

/* sha256(0x00 | salt | leaf) */
static void leaf_hash(const uint8_t salt[16], const uint8_t *leaf, size_t width, uint8_t out[32])
{
    sha256_t h;

    sha256_init(&h);
    sha256_add(&h, "\x00", 1);
    sha256_add(&h, salt, 16);
    sha256_add(&h, leaf, width);
    sha256_end(&h, out);
}

/* sha256(0x01 | left | right) */
static void node_hash(const uint8_t left[32], const uint8_t right[32], uint8_t out[32])
{
    sha256_t h;

    sha256_init(&h);
    sha256_add(&h, "\x01", 1);
    sha256_add(&h, left, 32);
    sha256_add(&h, right, 32);
    sha256_end(&h, out);
}

/*
 * The root over 1 to 1,024 leaves. The stack holds the roots of whole subtrees, the largest first; after
 * leaf number n (from 1) one join is due for each time that 2 divides n. At the end all join from the right.
 */
static void merkle_root(const uint8_t seed[16], const uint8_t *leaves, size_t width, uint32_t count, uint8_t out[32])
{
    uint8_t stack[11][32], salt[16];
    unsigned height = 0;
    uint32_t i, n;

    for (i = 0; i < count; i++) {
        leaf_salt(seed, i, salt);
        leaf_hash(salt, leaves + (size_t)i * width, width, stack[height++]);
        for (n = i + 1; n % 2 == 0; n /= 2) {
            height--;
            node_hash(stack[height - 1], stack[height], stack[height - 1]);
        }
    }
    while (height > 1) {
        height--;
        node_hash(stack[height - 1], stack[height], stack[height - 1]);
    }
    memcpy(out, stack[0], 32);
}

/* The bytes to sign, at most MAX_MESSAGE; 0 if a text is empty or too long. */
static size_t message(uint8_t *out, const char *chain_id, const char *contract, const uint8_t header[HEADER],
                      uint32_t count, const uint8_t root[32])
{
    size_t chain_length = strlen(chain_id), contract_length = strlen(contract);
    uint8_t *at = out;

    if (chain_length < 1 || chain_length > 255 || contract_length < 1 || contract_length > 255)
        return 0;
    memcpy(at, "vrs/batch/1", 11);
    at = put(at + 11, chain_length, 1);
    memcpy(at, chain_id, chain_length);
    at = put(at + chain_length, contract_length, 1);
    memcpy(at, contract, contract_length);
    at += contract_length;
    memcpy(at, header + 2, 4); /* device */
    at[4] = header[1];         /* kind */
    memcpy(at + 5, header + 6, 8); /* day, sequence */
    at = put(at + 13, count, 4);
    memcpy(at, root, 32);
    return (size_t)(at + 32 - out);
}

/* ---- Command line ---- */

static void fail(const char *why)
{
    fprintf(stderr, "attest: %s\n", why);
    exit(2);
}

static void show(const char *name, const uint8_t *bytes, size_t n)
{
    printf("%s ", name);
    while (n-- > 0)
        printf("%02x", *bytes++);
    putchar('\n');
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

static size_t from_hex(const char *text, uint8_t *out, size_t room)
{
    size_t n = strlen(text), i;

    if (n % 2 != 0 || n / 2 > room)
        fail("hex of a wrong length");
    for (i = 0; i < n / 2; i++) {
        int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
        if (high < 0 || low < 0)
            fail("not lower-case hex");
        out[i] = (uint8_t)(high * 16 + low);
    }
    return n / 2;
}

static uint64_t from_decimal(const char *text, uint64_t most)
{
    unsigned long long value;
    char *end;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || value > most)
        fail("not a number in range");
    return value;
}

/* Prints root, signed message and its sha256 for header and leaves that stand one behind the other. */
static void report(const char *chain_id, const char *contract, const uint8_t *batch, uint32_t count)
{
    static uint8_t signing[MAX_MESSAGE];
    uint8_t root[32], digest[32];
    sha256_t h;
    size_t n;

    merkle_root(batch + 14, batch + HEADER, leaf_width(batch[1]), count, root);
    n = message(signing, chain_id, contract, batch, count, root);
    if (n == 0)
        fail("chain id and contract have 1 to 255 bytes");
    sha256_init(&h);
    sha256_add(&h, signing, n);
    sha256_end(&h, digest);
    show("root", root, 32);
    show("signing_bytes", signing, n);
    show("signing_sha256", digest, 32);
}

static void check(char **args)
{
    static uint8_t envelope[MAX_ENVELOPE];
    size_t n = from_hex(args[2], envelope, sizeof envelope), width, leaves;

    if (n < HEADER + SIGNATURE)
        fail("envelope too short");
    if (envelope[0] != 1)
        fail("unknown version");
    width = leaf_width(envelope[1]);
    leaves = n - HEADER - SIGNATURE;
    if (width == 0 || leaves == 0 || leaves % width != 0 || leaves / width > MAX_LEAVES)
        fail("unknown kind, or no whole number of leaves");
    printf("device %" PRIu32 "\nday %" PRIu32 "\nsequence %" PRIu32 "\n", get32(envelope + 2), get32(envelope + 6),
           get32(envelope + 10));
    report(args[0], args[1], envelope, (uint32_t)(leaves / width));
}

static void build(char **args)
{
    static uint8_t batch[HEADER + MAX_LEAVES * RECEIPT];
    uint8_t *at = batch;
    char text[5][32];
    uint32_t count = 0;
    int fields;

    at = put(at, 1, 1); /* version */
    at = put(at, 1, 1); /* kind: terminal */
    at = put(at, from_decimal(args[2], UINT32_MAX), 4);
    at = put(at, from_decimal(args[3], UINT32_MAX), 4);
    at = put(at, from_decimal(args[4], UINT32_MAX), 4);
    if (from_hex(args[5], at, 16) != 16)
        fail("a seed has 16 bytes");
    at += 16;
    while ((fields = scanf("%31s %31s %31s %31s %31s", text[0], text[1], text[2], text[3], text[4])) == 5) {
        if (count == MAX_LEAVES)
            fail("more than 1024 receipts");
        receipt(at, (uint32_t)from_decimal(text[0], UINT32_MAX), from_decimal(text[1], UINT64_MAX),
                from_decimal(text[2], UINT64_MAX), (uint32_t)from_decimal(text[3], UINT32_MAX),
                (uint8_t)from_decimal(text[4], UINT8_MAX));
        at += RECEIPT;
        count++;
    }
    if (fields != EOF || count == 0)
        fail("a receipt is: customer number amount time channel");
    show("unsigned", batch, (size_t)(at - batch));
    report(args[0], args[1], batch, count);
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "check") == 0)
        check(argv + 2);
    else if (argc == 8 && strcmp(argv[1], "build") == 0)
        build(argv + 2);
    else
        fail("check CHAIN_ID CONTRACT ENVELOPE_HEX | build CHAIN_ID CONTRACT DEVICE DAY SEQUENCE SEED_HEX");
    return 0;
}
