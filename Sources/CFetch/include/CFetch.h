// HTTP over libcurl: many transfers at once on one thread (engine), over the multi interface and epoll, and
// one exchange after the other that a thread waits for (session), over the easy interface.
//
// An engine and its transfers belong to one thread; only CFetch_wake may be called from others. Nothing
// is followed, cached or decided here but what the protocol asks for: redirects, retries and limits are the
// caller's. Connections are reused, HTTP/2 is spoken where TLS offers it, TLS is always verified, proxies
// and credentials of the environment are never used.
#ifndef CFETCH_H
#define CFETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef struct CFetch_Engine CFetch_Engine;
typedef struct CFetch_Transfer CFetch_Transfer;

// How a transfer ended.
typedef enum CFetch_Ending {
  // The whole response was read.
  CFetch_complete = 0,
  // A callback of the caller said to stop.
  CFetch_stopped,
  // The host has no address, or its name servers do not answer.
  CFetch_unresolved,
  // No address of the host takes connections in time.
  CFetch_unconnected,
  // Every address of the host was refused by the caller.
  CFetch_addressRefused,
  // The TLS handshake failed.
  CFetch_handshakeFailed,
  // The server's certificate is not valid for the host.
  CFetch_certificateRefused,
  // The transfer took longer than it may.
  CFetch_timedOut,
  // The transfer was slower than it may be, for longer than it may be.
  CFetch_tooSlow,
  // More bytes were announced or came than may come.
  CFetch_tooLarge,
  // The connection ended before the response did.
  CFetch_broken,
  // What came is no HTTP, or not in the coding it claims.
  CFetch_malformed,
  // This machine lacks memory, files or a library's feature.
  CFetch_noResources,
} CFetch_Ending;

// What is asked for. Texts are copied.
typedef struct CFetch_Request {
  // An http or https address, without credentials.
  const char *url;
  const char *userAgent;
  const char *accept;
  // "host:port:address" to be used in the place of the DNS.
  const char *_Nullable resolution;
  // A file of certificates to trust in the place of the system's.
  const char *_Nullable certificates;
  long totalMilliseconds;
  long connectMilliseconds;
  // A transfer slower than so many bytes a second for so many seconds is ended.
  long slowBytes;
  long slowSeconds;
  // The most bytes of a body as it comes over the wire.
  int64_t maximumBytes;
} CFetch_Request;

// Called on the engine's thread while it waits; they must not call the engine.
typedef struct CFetch_Callbacks {
  // Whether a connection may be made to an address of 4 or 16 bytes.
  bool (*mayConnect)(void *context, const uint8_t *address, size_t count);
  // A line of the head with its line break; returning false stops the transfer.
  bool (*headerLine)(void *context, const uint8_t *bytes, size_t count);
  // Bytes of the body, decoded from whatever coding they came in; returning false stops the transfer.
  bool (*body)(void *context, const uint8_t *bytes, size_t count);
} CFetch_Callbacks;

// What became of a transfer.
typedef struct CFetch_Result {
  void *_Nullable context;
  CFetch_Ending ending;
  // The library's own words; empty where there are none. At most 255 bytes.
  char message[256];
  // 10, 11, 20 or 30; 0 where no response came.
  int httpVersion;
  // How many connections were made: 0 where one was reused.
  long newConnections;
  // Bytes of the body as they came over the wire.
  int64_t wireBytes;
  // Microseconds from the start until the name was resolved, the connection and the TLS session stood, the
  // first byte came, and the end; 0 for what was not reached.
  int64_t resolved, connected, secured, firstByte, total;
} CFetch_Result;

// Makes an engine that keeps up to so many idle connections; NULL without memory or files.
CFetch_Engine *_Nullable CFetch_newEngine(long idleConnections);

// Ends all transfers, whose results are lost, and frees the engine.
void CFetch_freeEngine(CFetch_Engine *engine);

// Starts a transfer; NULL without memory or where the address is not one.
CFetch_Transfer *_Nullable CFetch_start(CFetch_Engine *engine, const CFetch_Request *request,
                                        CFetch_Callbacks callbacks, void *context);

// Ends a transfer that is under way; there will be no result.
void CFetch_cancel(CFetch_Engine *engine, CFetch_Transfer *transfer);

// Waits for something to happen on any connection, for so many milliseconds at most, and works on it. False
// where the engine cannot go on.
bool CFetch_wait(CFetch_Engine *engine, int milliseconds);

// Gives the result of a transfer that has ended, each once; false where there is none. The transfer is
// freed.
bool CFetch_next(CFetch_Engine *engine, CFetch_Result *result);

// Makes CFetch_wait return soon. Any thread may call it while the engine exists.
void CFetch_wake(CFetch_Engine *engine);

// A place where one exchange after the other is made, over connections that it keeps. One thread at a time
// may use it.
typedef struct CFetch_Session CFetch_Session;

// A request with whatever method, fields and body; nothing is copied, and all must live until the call ends.
typedef struct CFetch_Exchange {
  // GET, HEAD, PUT, POST or DELETE.
  const char *method;
  // An http or https address, without credentials.
  const char *url;
  // "Name: value", one a field; no line breaks.
  const char *_Nonnull const *_Nonnull fields;
  size_t fieldCount;
  // The body; NULL for none.
  const uint8_t *_Nullable body;
  size_t bodyBytes;
  // A file of certificates to trust in the place of the system's.
  const char *_Nullable certificates;
  long totalMilliseconds;
  long connectMilliseconds;
  // A transfer slower than so many bytes a second for so many seconds is ended.
  long slowBytes;
  long slowSeconds;
  // The most bytes of the response's body.
  int64_t maximumBytes;
} CFetch_Exchange;

// Makes a session; NULL without memory.
CFetch_Session *_Nullable CFetch_newSession(void);

// Ends the session and closes its connections.
void CFetch_freeSession(CFetch_Session *session);

// Makes one exchange and waits for its end. Addresses are not judged: the user named them. The body of the
// response is handed on as it came, whatever coding it claims.
void CFetch_exchange(CFetch_Session *session, const CFetch_Exchange *exchange,
                     bool (*headerLine)(void *context, const uint8_t *bytes, size_t count),
                     bool (*body)(void *context, const uint8_t *bytes, size_t count), void *context,
                     CFetch_Result *result);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
