// The event loop: libcurl says which sockets and which time it waits for, epoll waits for them.
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

// How many events are taken from the kernel at once.
enum { maximumEvents = 128 };

static pthread_once_t initialised = PTHREAD_ONCE_INIT;
static bool isInitialised;

static void initialise(void) { isInitialised = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }

bool CFetch_initialise(void) {
  pthread_once(&initialised, initialise);
  return isInitialised;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int onTimer(CURLM *multi, long milliseconds, void *user) {
  (void)multi;
  CFetch_Engine *engine = user;
  engine->timer = milliseconds < 0 ? -1 : now() + milliseconds;
  return 0;
}

static int onSocket(CURL *easy, curl_socket_t socket, int what, void *user, void *known) {
  (void)easy, (void)known;
  CFetch_Engine *engine = user;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(engine->epoll, EPOLL_CTL_DEL, socket, NULL);
    return 0;
  }
  struct epoll_event event = {.data.fd = socket};
  if (what & CURL_POLL_IN) event.events |= EPOLLIN;
  if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
  // A number may stand for another socket than it did when the library spoke of it last.
  if (epoll_ctl(engine->epoll, EPOLL_CTL_MOD, socket, &event) != 0) {
    if (errno != ENOENT || epoll_ctl(engine->epoll, EPOLL_CTL_ADD, socket, &event) != 0) return -1;
  }
  return 0;
}

static bool openEngine(CFetch_Engine *engine, long idleConnections) {
  engine->epoll = epoll_create1(EPOLL_CLOEXEC);
  engine->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  engine->multi = curl_multi_init();
  if (engine->epoll < 0 || engine->event < 0 || !engine->multi) return false;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = engine->event};
  if (epoll_ctl(engine->epoll, EPOLL_CTL_ADD, engine->event, &event) != 0) return false;
  curl_multi_setopt(engine->multi, CURLMOPT_SOCKETFUNCTION, onSocket);
  curl_multi_setopt(engine->multi, CURLMOPT_SOCKETDATA, engine);
  curl_multi_setopt(engine->multi, CURLMOPT_TIMERFUNCTION, onTimer);
  curl_multi_setopt(engine->multi, CURLMOPT_TIMERDATA, engine);
  curl_multi_setopt(engine->multi, CURLMOPT_MAXCONNECTS, idleConnections);
  return true;
}

CFetch_Engine *CFetch_newEngine(long idleConnections) {
  if (!CFetch_initialise()) return NULL;
  CFetch_Engine *engine = calloc(1, sizeof *engine);
  if (!engine) return NULL;
  engine->timer = -1;
  if (!openEngine(engine, idleConnections)) {
    CFetch_freeEngine(engine);
    return NULL;
  }
  return engine;
}

static void takeOut(CFetch_Engine *engine, CFetch_Transfer *transfer) {
  if (transfer->previous) transfer->previous->next = transfer->next;
  else engine->first = transfer->next;
  if (transfer->next) transfer->next->previous = transfer->previous;
}

void CFetch_freeEngine(CFetch_Engine *engine) {
  while (engine->first) CFetch_cancel(engine, engine->first);
  if (engine->multi) curl_multi_cleanup(engine->multi);
  if (engine->event >= 0) close(engine->event);
  if (engine->epoll >= 0) close(engine->epoll);
  free(engine);
}

CFetch_Transfer *CFetch_start(CFetch_Engine *engine, const CFetch_Request *request,
                              CFetch_Callbacks callbacks, void *context) {
  CFetch_Transfer *transfer = CFetch_newTransfer(request, callbacks, context);
  if (!transfer) return NULL;
  if (curl_multi_add_handle(engine->multi, transfer->easy) != CURLM_OK) {
    CFetch_freeTransfer(transfer);
    return NULL;
  }
  transfer->next = engine->first;
  if (engine->first) engine->first->previous = transfer;
  engine->first = transfer;
  return transfer;
}

void CFetch_cancel(CFetch_Engine *engine, CFetch_Transfer *transfer) {
  curl_multi_remove_handle(engine->multi, transfer->easy);
  takeOut(engine, transfer);
  CFetch_freeTransfer(transfer);
}

static bool act(CFetch_Engine *engine, curl_socket_t socket, int mask) {
  int running;
  return curl_multi_socket_action(engine->multi, socket, mask, &running) == CURLM_OK;
}

static bool handle(CFetch_Engine *engine, const struct epoll_event *event) {
  if (event->data.fd == engine->event) {
    uint64_t count;
    // Whether it could be read does not matter: the engine is awake.
    ssize_t got = read(engine->event, &count, sizeof count);
    (void)got;
    return true;
  }
  int mask = 0;
  if (event->events & EPOLLIN) mask |= CURL_CSELECT_IN;
  if (event->events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
  if (event->events & (EPOLLERR | EPOLLHUP)) mask |= CURL_CSELECT_ERR;
  return act(engine, event->data.fd, mask);
}

bool CFetch_wait(CFetch_Engine *engine, int milliseconds) {
  int64_t wait = milliseconds;
  if (engine->timer >= 0) {
    int64_t rest = engine->timer - now();
    if (rest < wait) wait = rest < 0 ? 0 : rest;
  }
  struct epoll_event events[maximumEvents];
  int count = epoll_wait(engine->epoll, events, maximumEvents, (int)wait);
  if (count < 0 && errno != EINTR) return false;
  for (int i = 0; i < count; i++) {
    if (!handle(engine, &events[i])) return false;
  }
  if (engine->timer >= 0 && now() >= engine->timer) {
    engine->timer = -1;
    return act(engine, CURL_SOCKET_TIMEOUT, 0);
  }
  return true;
}

bool CFetch_next(CFetch_Engine *engine, CFetch_Result *result) {
  int left;
  CURLMsg *message;
  while ((message = curl_multi_info_read(engine->multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    CFetch_Transfer *transfer = NULL;
    CURLcode code = message->data.result;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
    CFetch_describe(transfer, code, result);
    CFetch_cancel(engine, transfer);
    return true;
  }
  return false;
}

void CFetch_wake(CFetch_Engine *engine) {
  uint64_t one = 1;
  // It fails only where the count is at its limit, and then the engine wakes anyway.
  ssize_t written = write(engine->event, &one, sizeof one);
  (void)written;
}
