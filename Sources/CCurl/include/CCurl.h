#ifndef WAVPREP_CCURL_H
#define WAVPREP_CCURL_H

#include <curl/curl.h>

#endif
