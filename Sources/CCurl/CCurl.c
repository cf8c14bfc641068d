#include "CCurl.h"

#include "LazyLibrary.h"

// The checks that curl's header wraps around the variadic calls are for calls in place, not for forwarding.
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct lazy_library libcurl = {.soname = "libcurl.so.4", .package = "libcurl4"};

bool ccurl_available(void) { return lazy_library_available(&libcurl); }

LAZY_FUNCTION(libcurl, CURLcode, curl_global_init, (long flags), (flags))
LAZY_FUNCTION(libcurl, CURL *, curl_easy_init, (void), ())
LAZY_PROCEDURE(libcurl, curl_easy_cleanup, (CURL * handle), (handle))
LAZY_FUNCTION(libcurl, const char *, curl_easy_strerror, (CURLcode code), (code))
LAZY_FUNCTION(libcurl, struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text),
              (list, text))
LAZY_PROCEDURE(libcurl, curl_slist_free_all, (struct curl_slist * list), (list))
LAZY_FUNCTION(libcurl, CURLM *, curl_multi_init, (void), ())
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *handle), (multi, handle))
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *handle), (multi, handle))
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_poll,
              (CURLM * multi, struct curl_waitfd *extra, unsigned int extra_count, int timeout, int *ready),
              (multi, extra, extra_count, timeout, ready))
LAZY_FUNCTION(libcurl, CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi))
LAZY_FUNCTION(libcurl, CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))

// An import stub cannot forward "...": these two are found here and called with the one argument they get.

typedef CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
typedef CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);

static easy_setopt setopt_address(void) {
  static _Atomic(void *) address;
  void *found = atomic_load_explicit(&address, memory_order_acquire);
  if (found == NULL) {
    found = lazy_library_symbol(&libcurl, "curl_easy_setopt");
    atomic_store_explicit(&address, found, memory_order_release);
  }
  return (easy_setopt)found;
}

static easy_getinfo getinfo_address(void) {
  static _Atomic(void *) address;
  void *found = atomic_load_explicit(&address, memory_order_acquire);
  if (found == NULL) {
    found = lazy_library_symbol(&libcurl, "curl_easy_getinfo");
    atomic_store_explicit(&address, found, memory_order_release);
  }
  return (easy_getinfo)found;
}

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return setopt_address()(handle, option, value);
}

CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return setopt_address()(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return setopt_address()(handle, option, value);
}

CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return setopt_address()(handle, option, value);
}

CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return setopt_address()(handle, option, value);
}

CURLcode ccurl_set_data_callback(CURL *handle, CURLoption option, ccurl_data_callback callback) {
  return setopt_address()(handle, option, callback);
}

CURLcode ccurl_set_seek_callback(CURL *handle, ccurl_seek_callback callback) {
  return setopt_address()(handle, CURLOPT_SEEKFUNCTION, callback);
}

CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) { return getinfo_address()(handle, info, value); }

CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return getinfo_address()(handle, info, value);
}

CURLcode ccurl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return getinfo_address()(handle, info, value);
}

bool ccurl_next_finished(CURLM *multi, struct ccurl_finished *finished) {
  int left = 0;
  for (CURLMsg *message = curl_multi_info_read(multi, &left); message != NULL;
       message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) {
      finished->handle = message->easy_handle;
      finished->code = message->data.result;
      return true;
    }
  }
  return false;
}
