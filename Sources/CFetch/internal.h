// What the engine, its transfers and single exchanges share; not part of the module's interface.
#ifndef CFETCH_INTERNAL_H
#define CFETCH_INTERNAL_H

#include <curl/curl.h>

#include "CFetch.h"

struct CFetch_Transfer {
  CURL *easy;
  struct curl_slist *headers;
  struct curl_slist *resolution;
  CFetch_Callbacks callbacks;
  void *context;
  int64_t maximumBytes;
  // Whether an address was refused, and whether any was not.
  bool wasRefused;
  bool wasTried;
  bool wasTooLarge;
  char message[CURL_ERROR_SIZE];
  // The engine's list of transfers.
  CFetch_Transfer *previous, *next;
};

struct CFetch_Engine {
  CURLM *multi;
  int epoll;
  int event;
  // When the library wants to be called next, in milliseconds of the monotonic clock; -1 for never.
  int64_t timer;
  CFetch_Transfer *first;
};

// Initialises the library, once a process; false where that failed.
bool CFetch_initialise(void);

// Makes a transfer that is not yet part of an engine.
CFetch_Transfer *CFetch_newTransfer(const CFetch_Request *request, CFetch_Callbacks callbacks,
                                    void *context);
void CFetch_freeTransfer(CFetch_Transfer *transfer);

// What holds for every request: which protocols, no proxy, no credentials, TLS verified.
void CFetch_setSafety(CURL *easy);

// Leads what comes to a transfer's callbacks; addresses are judged only where there is a callback for it.
void CFetch_setCallbacks(CFetch_Transfer *transfer);

// Fills in a result from a transfer that ended with a code of the library.
void CFetch_describe(CFetch_Transfer *transfer, CURLcode code, CFetch_Result *result);

#endif
