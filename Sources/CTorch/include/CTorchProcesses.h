// Processes that work together: a store of keys and values that all see, and sums over all of them.
#ifndef CTORCH_PROCESSES_H
#define CTORCH_PROCESSES_H

#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

// A connection to a store of keys and values (c10d's TCPStore). Unlike other handles it may be used
// by several threads: the connection has a lock of its own.
typedef struct CTorch_Store CTorch_Store;
// A process's place among those that add up tensors together (c10d's ProcessGroupGloo).
typedef struct CTorch_Group CTorch_Group;
// A sum that is being made.
typedef struct CTorch_Sum CTorch_Sum;

// Connects to the store at a port of a host, and keeps it for the others where `serves` is set; port
// 0 then takes a free one. `prefix` parts this use of the store from others. Connecting, and each
// later request, may take `milliseconds`.
CTorch_Status CTorch_storeOpen(const char *host, uint16_t port, bool serves, int64_t milliseconds,
                               const char *prefix, CTorch_Store *_Nullable *_Nonnull result);
void CTorch_storeFree(CTorch_Store *store);
// The port that the store is kept at.
uint16_t CTorch_storePort(const CTorch_Store *store);
CTorch_Status CTorch_storeSet(CTorch_Store *store, const char *key, const void *_Nullable bytes,
                              size_t count);
// Sets the value of a key that has none; the result is the value it has then, as a uint8 tensor.
CTorch_Status CTorch_storeSetOnce(CTorch_Store *store, const char *key,
                                  const void *_Nullable bytes, size_t count,
                                  CTorch_Tensor *_Nullable *_Nonnull result);
// The value of a key as a uint8 tensor, or null where it has none.
CTorch_Status CTorch_storeGet(CTorch_Store *store, const char *key,
                              CTorch_Tensor *_Nullable *_Nonnull result);
// Adds to a number, which begins at 0, and tells what it is then.
CTorch_Status CTorch_storeAdd(CTorch_Store *store, const char *key, int64_t amount,
                              int64_t *result);

// Connects the processes that call this with ranks from 0 up to below `size`. They find each other
// by the store, at the network interface of `host`, or where that is null at the one that
// GLOO_SOCKET_IFNAME or the machine's name says. Connecting may take `milliseconds`.
CTorch_Status CTorch_groupMake(CTorch_Store *store, int32_t rank, int32_t size,
                               const char *_Nullable host, int64_t milliseconds,
                               CTorch_Group *_Nullable *_Nonnull result);
// Ends the connections. Waits for sums that are being made, for ever where a process is gone.
void CTorch_groupFree(CTorch_Group *group);

// Begins to replace a contiguous tensor on the CPU by its sum over all processes, which must begin
// their sums in one order. The tensor must not be used before the sum is made.
CTorch_Status CTorch_sumBegin(CTorch_Group *group, CTorch_Tensor *tensor,
                              CTorch_Sum *_Nullable *_Nonnull result);
// Waits until the sum is made. Fails where it cannot be, and where it is not made in time.
CTorch_Status CTorch_sumWait(CTorch_Sum *sum, int64_t milliseconds);
// Whether a sum has ended, well or not.
bool CTorch_sumHasEnded(const CTorch_Sum *sum);
void CTorch_sumFree(CTorch_Sum *sum);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
