#ifndef WAVPREP_COPENSSL_H
#define WAVPREP_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdbool.h>

/// Whether libcrypto can be opened on this machine; the first call opens it.
bool copenssl_available(void);

/// Everything written to a memory BIO so far, owned by it; its length goes to `length`.
/// A function here because OpenSSL has only a macro for it.
const char *copenssl_bio_contents(BIO *bio, long *length);

#endif
