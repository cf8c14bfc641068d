#ifndef WAVPREP_CCURL_H
#define WAVPREP_CCURL_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

/// Whether libcurl can be opened on this machine; the first call opens it.
bool ccurl_available(void);

// Swift cannot call variadic functions: these are curl_easy_setopt and curl_easy_getinfo with one type each.

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
/// libcurl copies the string.
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value);
/// libcurl keeps the list's address: free it after the handle.
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);

/// Called with bytes received (or to be filled), their count, and the handle's context.
typedef size_t (*ccurl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_seek_callback)(void *context, curl_off_t offset, int origin);

CURLcode ccurl_set_data_callback(CURL *handle, CURLoption option, ccurl_data_callback callback);
CURLcode ccurl_set_seek_callback(CURL *handle, ccurl_seek_callback callback);

CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode ccurl_get_pointer(CURL *handle, CURLINFO info, void **value);

/// A finished transfer of a multi handle.
struct ccurl_finished {
  CURL *handle;
  CURLcode code;
};

/// Takes the next finished transfer into `finished`; false when there is none.
bool ccurl_next_finished(CURLM *multi, struct ccurl_finished *finished);

#endif
