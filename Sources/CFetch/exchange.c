// Exchanges that a thread waits for: requests with a body, and responses as they are.
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct CFetch_Session {
  CURL *easy;
};

// What is sent, and how much of it has been.
typedef struct Upload {
  const uint8_t *bytes;
  size_t count;
  size_t sent;
} Upload;

static size_t onSend(char *buffer, size_t size, size_t count, void *user) {
  Upload *upload = user;
  size_t room = size * count;
  size_t left = upload->count - upload->sent;
  size_t taken = left < room ? left : room;
  if (taken) memcpy(buffer, upload->bytes + upload->sent, taken);
  upload->sent += taken;
  return taken;
}

// A kept connection may turn out to be dead once part of the body is gone; the library then begins again.
static int onSeek(void *user, curl_off_t offset, int origin) {
  Upload *upload = user;
  if (origin != SEEK_SET || offset < 0 || (size_t)offset > upload->count) return CURL_SEEKFUNC_FAIL;
  upload->sent = (size_t)offset;
  return CURL_SEEKFUNC_OK;
}

CFetch_Session *CFetch_newSession(void) {
  if (!CFetch_initialise()) return NULL;
  CFetch_Session *session = calloc(1, sizeof *session);
  if (!session) return NULL;
  session->easy = curl_easy_init();
  if (session->easy) return session;
  free(session);
  return NULL;
}

void CFetch_freeSession(CFetch_Session *session) {
  curl_easy_cleanup(session->easy);
  free(session);
}

static bool setFields(CFetch_Transfer *transfer, const CFetch_Exchange *exchange) {
  // The library would ask for leave before it sends a large body, and wait a second for an answer.
  transfer->headers = curl_slist_append(NULL, "Expect:");
  for (size_t i = 0; transfer->headers && i < exchange->fieldCount; i++) {
    struct curl_slist *longer = curl_slist_append(transfer->headers, exchange->fields[i]);
    if (!longer) return false;
    transfer->headers = longer;
  }
  return transfer->headers != NULL;
}

static bool setExchange(CURL *easy, const CFetch_Exchange *exchange, Upload *upload) {
  if (curl_easy_setopt(easy, CURLOPT_URL, exchange->url) != CURLE_OK) return false;
  // Stores speak HTTP/1.1, and several connections carry more than one that is shared.
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, exchange->totalMilliseconds);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, exchange->connectMilliseconds);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, exchange->slowBytes);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, exchange->slowSeconds);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 1L << 18);
  if (exchange->certificates) curl_easy_setopt(easy, CURLOPT_CAINFO, exchange->certificates);
  bool isHead = strcmp(exchange->method, "HEAD") == 0;
  // The length that the answer to HEAD states is of a body that does not come.
  if (!isHead) {
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)exchange->maximumBytes);
  }
  if (isHead) {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (exchange->body) {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 1L << 18);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)upload->count);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, onSend);
    curl_easy_setopt(easy, CURLOPT_READDATA, upload);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, onSeek);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, upload);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, exchange->method);
  } else {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, exchange->method);
  }
  return true;
}

void CFetch_exchange(CFetch_Session *session, const CFetch_Exchange *exchange,
                     bool (*headerLine)(void *context, const uint8_t *bytes, size_t count),
                     bool (*body)(void *context, const uint8_t *bytes, size_t count), void *context,
                     CFetch_Result *result) {
  CFetch_Transfer transfer = {
      .easy = session->easy,
      .callbacks = {.headerLine = headerLine, .body = body},
      .context = context,
      .maximumBytes = exchange->maximumBytes,
  };
  Upload upload = {.bytes = exchange->body, .count = exchange->bodyBytes};
  CURLcode code = CURLE_OUT_OF_MEMORY;
  // It forgets all options and keeps the connections.
  curl_easy_reset(session->easy);
  if (setFields(&transfer, exchange)) {
    code = CURLE_URL_MALFORMAT;
    if (setExchange(session->easy, exchange, &upload)) {
      CFetch_setSafety(session->easy);
      CFetch_setCallbacks(&transfer);
      curl_easy_setopt(session->easy, CURLOPT_HTTPHEADER, transfer.headers);
      code = curl_easy_perform(session->easy);
    }
  }
  CFetch_describe(&transfer, code, result);
  // Nothing of this call may be looked at once it has ended.
  curl_easy_reset(session->easy);
  curl_slist_free_all(transfer.headers);
}
