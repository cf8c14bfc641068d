#ifndef WAVPREP_COPENSSL_H
#define WAVPREP_COPENSSL_H

#include <openssl/evp.h>

#endif
