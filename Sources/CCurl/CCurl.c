#include "CCurl.h"

#include "LazyLibrary.h"

static struct lazy_library libcurl = {.soname = "libcurl.so.4", .package = "libcurl4"};

LAZY_FUNCTION(libcurl, CURLcode, curl_global_init, (long flags), (flags))
