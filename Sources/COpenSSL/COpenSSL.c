#include "COpenSSL.h"

#include "LazyLibrary.h"

static struct lazy_library libcrypto = {.soname = "libcrypto.so.3", .package = "libssl3"};

LAZY_FUNCTION(libcrypto, EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())
