#include "COpenSSL.h"

#include "LazyLibrary.h"

static struct lazy_library libcrypto = {.soname = "libcrypto.so.3", .package = "libssl3"};

bool copenssl_available(void) { return lazy_library_available(&libcrypto); }

// Digests.
LAZY_FUNCTION(libcrypto, EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())
LAZY_PROCEDURE(libcrypto, EVP_MD_CTX_free, (EVP_MD_CTX * context), (context))
LAZY_FUNCTION(libcrypto, const EVP_MD *, EVP_sha256, (void), ())
LAZY_FUNCTION(libcrypto, int, EVP_DigestInit_ex, (EVP_MD_CTX * context, const EVP_MD *digest, ENGINE *engine),
              (context, digest, engine))
LAZY_FUNCTION(libcrypto, int, EVP_DigestUpdate, (EVP_MD_CTX * context, const void *bytes, size_t count),
              (context, bytes, count))
LAZY_FUNCTION(libcrypto, int, EVP_DigestFinal_ex, (EVP_MD_CTX * context, unsigned char *digest, unsigned int *count),
              (context, digest, count))
LAZY_FUNCTION(libcrypto, unsigned char *, HMAC,
              (const EVP_MD *digest, const void *key, int key_count, const unsigned char *bytes, size_t count,
               unsigned char *code, unsigned int *code_count),
              (digest, key, key_count, bytes, count, code, code_count))
LAZY_FUNCTION(libcrypto, int, CRYPTO_memcmp, (const void *left, const void *right, size_t count),
              (left, right, count))

// Signatures.
LAZY_FUNCTION(libcrypto, int, EVP_DigestSignInit,
              (EVP_MD_CTX * context, EVP_PKEY_CTX **key_context, const EVP_MD *digest, ENGINE *engine, EVP_PKEY *key),
              (context, key_context, digest, engine, key))
LAZY_FUNCTION(libcrypto, int, EVP_DigestSign,
              (EVP_MD_CTX * context, unsigned char *signature, size_t *signature_count, const unsigned char *bytes,
               size_t count),
              (context, signature, signature_count, bytes, count))
LAZY_FUNCTION(libcrypto, int, EVP_DigestVerifyInit,
              (EVP_MD_CTX * context, EVP_PKEY_CTX **key_context, const EVP_MD *digest, ENGINE *engine, EVP_PKEY *key),
              (context, key_context, digest, engine, key))
LAZY_FUNCTION(libcrypto, int, EVP_DigestVerify,
              (EVP_MD_CTX * context, const unsigned char *signature, size_t signature_count,
               const unsigned char *bytes, size_t count),
              (context, signature, signature_count, bytes, count))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX * context, int padding), (context, padding))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_CTX_set_rsa_pss_saltlen, (EVP_PKEY_CTX * context, int count), (context, count))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_CTX_set_rsa_mgf1_md, (EVP_PKEY_CTX * context, const EVP_MD *digest),
              (context, digest))

// Keys.
LAZY_FUNCTION(libcrypto, EVP_PKEY_CTX *, EVP_PKEY_CTX_new_id, (int id, ENGINE *engine), (id, engine))
LAZY_PROCEDURE(libcrypto, EVP_PKEY_CTX_free, (EVP_PKEY_CTX * context), (context))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_keygen_init, (EVP_PKEY_CTX * context), (context))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_CTX_set_rsa_keygen_bits, (EVP_PKEY_CTX * context, int bits), (context, bits))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_generate, (EVP_PKEY_CTX * context, EVP_PKEY **key), (context, key))
LAZY_PROCEDURE(libcrypto, EVP_PKEY_free, (EVP_PKEY * key), (key))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_get_base_id, (const EVP_PKEY *key), (key))
LAZY_FUNCTION(libcrypto, int, EVP_PKEY_get_bits, (const EVP_PKEY *key), (key))

// PEM.
LAZY_FUNCTION(libcrypto, BIO *, BIO_new_mem_buf, (const void *bytes, int count), (bytes, count))
LAZY_FUNCTION(libcrypto, BIO *, BIO_new, (const BIO_METHOD *method), (method))
LAZY_FUNCTION(libcrypto, const BIO_METHOD *, BIO_s_mem, (void), ())
LAZY_FUNCTION(libcrypto, int, BIO_free, (BIO * bio), (bio))
LAZY_FUNCTION(libcrypto, long, BIO_ctrl, (BIO * bio, int command, long argument, void *pointer),
              (bio, command, argument, pointer))
LAZY_FUNCTION(libcrypto, EVP_PKEY *, PEM_read_bio_PrivateKey,
              (BIO * bio, EVP_PKEY **key, pem_password_cb *password, void *context), (bio, key, password, context))
LAZY_FUNCTION(libcrypto, EVP_PKEY *, PEM_read_bio_PUBKEY,
              (BIO * bio, EVP_PKEY **key, pem_password_cb *password, void *context), (bio, key, password, context))
LAZY_FUNCTION(libcrypto, int, PEM_write_bio_PrivateKey,
              (BIO * bio, const EVP_PKEY *key, const EVP_CIPHER *cipher, const unsigned char *passphrase,
               int passphrase_count, pem_password_cb *password, void *context),
              (bio, key, cipher, passphrase, passphrase_count, password, context))
LAZY_FUNCTION(libcrypto, int, PEM_write_bio_PUBKEY, (BIO * bio, const EVP_PKEY *key), (bio, key))

// What went wrong.
LAZY_FUNCTION(libcrypto, unsigned long, ERR_get_error, (void), ())
LAZY_PROCEDURE(libcrypto, ERR_clear_error, (void), ())
LAZY_FUNCTION(libcrypto, const char *, ERR_reason_error_string, (unsigned long error), (error))

const char *copenssl_bio_contents(BIO *bio, long *length) {
  char *contents = NULL;
  *length = BIO_get_mem_data(bio, &contents);
  return contents;
}
