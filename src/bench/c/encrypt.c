// The other side of the bench `encrypt`: messages for Web Push (RFC 8291) by OpenSSL's libcrypto, one thread, a fresh key for each.
// Keys and agreement by EC_KEY and ECDH_compute_key: EVP_PKEY looks up, copies and exports so much in OpenSSL 3.0 that it
// makes a fifth as many.
//
//   encrypt MESSAGES BYTES SHOW   prints messages per second of processor time; with SHOW, first one for the device whose
//                                 private key is SHOW (DER, hex, as Java writes it), in hex
//
// cc -O2 -Wno-deprecated-declarations -o encrypt encrypt.c -lcrypto
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { POINT = 65, SECRET = 16, DEVICES = 1000, MOST = 4096 };

static unsigned char points[DEVICES][POINT], secrets[DEVICES][SECRET];
static EC_GROUP *curve;
static EC_POINT *theirs;
static BN_CTX *numbers;
static EVP_CIPHER *gcm;
static EVP_CIPHER_CTX *cipher;
static HMAC_CTX *mac;
static EVP_MD *sha256;

static void must(int done) {
    if (done <= 0) {
        fprintf(stderr, "OpenSSL failed\n");
        exit(1);
    }
}

static void hmac(const unsigned char *key, int length, const unsigned char *text, size_t size, unsigned char *out) {
    must(HMAC_Init_ex(mac, key, length, sha256, NULL));
    must(HMAC_Update(mac, text, size));
    must(HMAC_Final(mac, out, NULL));
}

static int seal(const unsigned char *point, const unsigned char *secret, const unsigned char *payload, int bytes,
                unsigned char *body) {
    unsigned char shared[32], extracted[32], material[32], key[32], nonce[32], info[256], public[POINT];
    EC_KEY *ours = EC_KEY_new();
    must(EC_KEY_set_group(ours, curve) && EC_KEY_generate_key(ours));
    // Also looks whether it is a point of the curve.
    must(EC_POINT_oct2point(curve, theirs, point, POINT, numbers));
    must(ECDH_compute_key(shared, sizeof shared, theirs, ours, NULL) == sizeof shared);
    must(EC_POINT_point2oct(curve, EC_KEY_get0_public_key(ours), POINT_CONVERSION_UNCOMPRESSED, public, POINT,
                            numbers) == POINT);

    hmac(secret, SECRET, shared, 32, extracted);
    int at = 14;
    memcpy(info, "WebPush: info", 14);
    memcpy(info + at, point, POINT), at += POINT;
    memcpy(info + at, public, POINT), at += POINT;
    info[at++] = 1;
    hmac(extracted, 32, info, at, material);

    must(RAND_bytes(body, 16));
    memcpy(body + 16, "\0\0\x10\0\x41", 5);
    memcpy(body + 21, public, POINT);
    hmac(body, 16, material, 32, extracted);
    memcpy(info, "Content-Encoding: aes128gcm\0\1", 29);
    hmac(extracted, 32, info, 29, key);
    memcpy(info, "Content-Encoding: nonce\0\1", 25);
    hmac(extracted, 32, info, 25, nonce);

    unsigned char plain[MOST], *sealed = body + 86;
    memcpy(plain, payload, bytes);
    plain[bytes] = 2;
    int written, rest;
    must(EVP_EncryptInit_ex2(cipher, gcm, key, nonce, NULL));
    must(EVP_EncryptUpdate(cipher, sealed, &written, plain, bytes + 1));
    must(EVP_EncryptFinal_ex(cipher, sealed + written, &rest));
    must(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, 16, sealed + written + rest));

    EC_KEY_free(ours);
    return 86 + written + rest + 16;
}

int main(int count, char **arguments) {
    if (count < 3) {
        return 2;
    }
    int messages = atoi(arguments[1]), bytes = atoi(arguments[2]);
    if (messages < 1 || bytes < 0 || bytes > 3993) {
        return 2;
    }
    unsigned char payload[MOST] = {0}, body[MOST + 256];
    curve = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    theirs = EC_POINT_new(curve);
    numbers = BN_CTX_new();
    gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    cipher = EVP_CIPHER_CTX_new();
    mac = HMAC_CTX_new();
    for (int i = 0; i < DEVICES; i++) {
        EVP_PKEY *device = EVP_EC_gen("P-256");
        unsigned char *public;
        must(EVP_PKEY_get1_encoded_public_key(device, &public) == POINT);
        memcpy(points[i], public, POINT);
        must(RAND_bytes(secrets[i], SECRET));
        OPENSSL_free(public);
        EVP_PKEY_free(device);
    }
    if (count > 3) {
        long size;
        unsigned char *der = OPENSSL_hexstr2buf(arguments[3], &size), *public;
        const unsigned char *from = der;
        EVP_PKEY *device = d2i_AutoPrivateKey(NULL, &from, size);
        must(device != NULL && EVP_PKEY_get1_encoded_public_key(device, &public) == POINT);
        memset(secrets[0], 7, SECRET);
        int length = seal(public, secrets[0], payload, bytes, body);
        for (int i = 0; i < length; i++) {
            printf("%02x", body[i]);
        }
        printf("\n");
    }
    struct timespec began, ended;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
    for (int i = 0; i < messages; i++) {
        seal(points[i % DEVICES], secrets[i % DEVICES], payload, bytes, body);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    printf("%.0f\n", messages / (ended.tv_sec - began.tv_sec + (ended.tv_nsec - began.tv_nsec) / 1e9));
    return 0;
}
