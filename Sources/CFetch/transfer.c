// One transfer: the options of a request, the callbacks, and what its end means.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "internal.h"

// Called for every connection that is made, with the address that it is made to, so no answer of a name
// server and no redirect can lead around it.
static curl_socket_t openSocket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
  CFetch_Transfer *transfer = user;
  bool allowed = false;
  if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)&address->addr;
    allowed = transfer->callbacks.mayConnect(transfer->context,
                                             (const uint8_t *)&four->sin_addr, 4);
  } else if (purpose == CURLSOCKTYPE_IPCXN && address->family == AF_INET6) {
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->addr;
    allowed = transfer->callbacks.mayConnect(transfer->context,
                                             (const uint8_t *)&six->sin6_addr, 16);
  }
  if (!allowed) {
    transfer->wasRefused = true;
    return CURL_SOCKET_BAD;
  }
  transfer->wasTried = true;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t onHeader(char *bytes, size_t size, size_t count, void *user) {
  CFetch_Transfer *transfer = user;
  size_t length = size * count;
  return transfer->callbacks.headerLine(transfer->context, (const uint8_t *)bytes, length) ? length
                                                                                           : 0;
}

static size_t onBody(char *bytes, size_t size, size_t count, void *user) {
  CFetch_Transfer *transfer = user;
  size_t length = size * count;
  // Of no bytes the library takes 0 to mean that all were taken.
  if (length == 0) return 0;
  return transfer->callbacks.body(transfer->context, (const uint8_t *)bytes, length) ? length : 0;
}

// A compressed body may give no byte at all and go on for ever, so what comes over the wire is bounded too.
static int onProgress(void *user, curl_off_t total, curl_off_t now, curl_off_t up,
                      curl_off_t upNow) {
  (void)total, (void)up, (void)upNow;
  CFetch_Transfer *transfer = user;
  if (now <= transfer->maximumBytes) return 0;
  transfer->wasTooLarge = true;
  return 1;
}

void CFetch_setSafety(CURL *easy) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // Without it, ending a transfer waits for the DNS.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

static bool setRequest(CFetch_Transfer *transfer, const CFetch_Request *request) {
  CURL *easy = transfer->easy;
  if (curl_easy_setopt(easy, CURLOPT_URL, request->url) != CURLE_OK) return false;
  curl_easy_setopt(easy, CURLOPT_USERAGENT, request->userAgent);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
  // Asks for no coding, and still decodes what a server sends in one.
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "identity");
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  // Of two requests to a host the second waits until the first has shown whether one connection can carry
  // both. Without TLS it never can, and would wait for the first one's answer.
  bool hasTLS = strncmp(request->url, "https:", 6) == 0;
  long version = hasTLS ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1;
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, version);
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, hasTLS ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, request->totalMilliseconds);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connectMilliseconds);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, request->slowBytes);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, request->slowSeconds);
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->maximumBytes);
  if (transfer->resolution) curl_easy_setopt(easy, CURLOPT_RESOLVE, transfer->resolution);
  if (request->certificates) curl_easy_setopt(easy, CURLOPT_CAINFO, request->certificates);
  return true;
}

void CFetch_setCallbacks(CFetch_Transfer *transfer) {
  CURL *easy = transfer->easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->message);
  if (transfer->callbacks.mayConnect) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, openSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
  }
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, onProgress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, transfer);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
}

static bool setLists(CFetch_Transfer *transfer, const CFetch_Request *request) {
  static const char prefix[] = "Accept: ";
  size_t length = strlen(request->accept);
  char *accept = malloc(sizeof prefix + length);
  if (!accept) return false;
  memcpy(accept, prefix, sizeof prefix - 1);
  memcpy(accept + sizeof prefix - 1, request->accept, length + 1);
  transfer->headers = curl_slist_append(NULL, accept);
  free(accept);
  if (!transfer->headers) return false;
  if (!request->resolution) return true;
  transfer->resolution = curl_slist_append(NULL, request->resolution);
  return transfer->resolution != NULL;
}

CFetch_Transfer *CFetch_newTransfer(const CFetch_Request *request, CFetch_Callbacks callbacks,
                                    void *context) {
  CFetch_Transfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->callbacks = callbacks;
  transfer->context = context;
  transfer->maximumBytes = request->maximumBytes;
  transfer->easy = curl_easy_init();
  if (!transfer->easy || !setLists(transfer, request) || !setRequest(transfer, request)) {
    CFetch_freeTransfer(transfer);
    return NULL;
  }
  CFetch_setSafety(transfer->easy);
  CFetch_setCallbacks(transfer);
  return transfer;
}

void CFetch_freeTransfer(CFetch_Transfer *transfer) {
  if (transfer->easy) curl_easy_cleanup(transfer->easy);
  curl_slist_free_all(transfer->headers);
  curl_slist_free_all(transfer->resolution);
  free(transfer);
}

static int64_t measure(CURL *easy, CURLINFO info) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, info, &microseconds);
  return microseconds;
}

static CFetch_Ending unconnected(const CFetch_Transfer *transfer) {
  return transfer->wasRefused && !transfer->wasTried ? CFetch_addressRefused : CFetch_unconnected;
}

static CFetch_Ending timeoutEnding(const CFetch_Transfer *transfer) {
  // Nothing could be sent yet: it is the host that does not answer, not the transfer that is slow.
  if (measure(transfer->easy, CURLINFO_PRETRANSFER_TIME_T) == 0) {
    return unconnected(transfer);
  }
  // The library has one code for both.
  return strstr(transfer->message, "too slow") ? CFetch_tooSlow : CFetch_timedOut;
}

static CFetch_Ending ending(const CFetch_Transfer *transfer, CURLcode code) {
  switch (code) {
    case CURLE_OK: return CFetch_complete;
    case CURLE_WRITE_ERROR: return CFetch_stopped;
    case CURLE_ABORTED_BY_CALLBACK:
      return transfer->wasTooLarge ? CFetch_tooLarge : CFetch_stopped;
    case CURLE_FILESIZE_EXCEEDED: return CFetch_tooLarge;
    case CURLE_COULDNT_RESOLVE_HOST: return CFetch_unresolved;
    case CURLE_COULDNT_CONNECT:
      return unconnected(transfer);
    case CURLE_SSL_CONNECT_ERROR: return CFetch_handshakeFailed;
    case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_ISSUER_ERROR:
      return CFetch_certificateRefused;
    case CURLE_OPERATION_TIMEDOUT: return timeoutEnding(transfer);
    case CURLE_PARTIAL_FILE: case CURLE_GOT_NOTHING: case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: case CURLE_HTTP2: case CURLE_HTTP2_STREAM:
      return CFetch_broken;
    case CURLE_WEIRD_SERVER_REPLY: case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_UNSUPPORTED_PROTOCOL: case CURLE_URL_MALFORMAT:
      return CFetch_malformed;
    default: return CFetch_noResources;
  }
}

void CFetch_describe(CFetch_Transfer *transfer, CURLcode code, CFetch_Result *result) {
  CURL *easy = transfer->easy;
  *result = (CFetch_Result){.context = transfer->context, .ending = ending(transfer, code)};
  if (code != CURLE_OK) {
    const char *message = transfer->message[0] ? transfer->message : curl_easy_strerror(code);
    strncpy(result->message, message, sizeof result->message - 1);
  }
  long version = CURL_HTTP_VERSION_NONE;
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  result->httpVersion = version == CURL_HTTP_VERSION_1_0   ? 10
                        : version == CURL_HTTP_VERSION_1_1 ? 11
                        : version == CURL_HTTP_VERSION_2_0 ? 20
                        : version == CURL_HTTP_VERSION_3   ? 30
                                                           : 0;
  curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &result->newConnections);
  result->wireBytes = measure(easy, CURLINFO_SIZE_DOWNLOAD_T);
  result->resolved = measure(easy, CURLINFO_NAMELOOKUP_TIME_T);
  result->connected = measure(easy, CURLINFO_CONNECT_TIME_T);
  result->secured = measure(easy, CURLINFO_APPCONNECT_TIME_T);
  result->firstByte = measure(easy, CURLINFO_STARTTRANSFER_TIME_T);
  result->total = measure(easy, CURLINFO_TOTAL_TIME_T);
}
