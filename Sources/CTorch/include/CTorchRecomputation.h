// Functions whose intermediate results the backward pass computes again.
#ifndef CTORCH_RECOMPUTATION_H
#define CTORCH_RECOMPUTATION_H

#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

// A function of one tensor. `input` is handed over to it; it writes a new handle, which the caller
// owns. `again` tells a computation for the backward pass, which must give the bits of the first.
typedef void (*CTorch_Function)(void *context, CTorch_Tensor *input, bool again,
                                CTorch_Tensor *_Nullable *_Nonnull result);

// Calls a function without keeping its intermediate results for gradients; the backward pass calls
// it a second time, under the autocast of the first call, and goes through what that recorded
// (Chen and others, arXiv 1604.06174). Gradients of leaves that the function uses are added to
// them. Where no gradient is wanted the function is called once and its operations recorded as any.
//
// `context` is kept until no backward pass can want it, and then given to `release`; also after a
// failure. It is used by one thread at a time.
CTorch_Status CTorch_recompute(const CTorch_Tensor *input, CTorch_Function function, void *context,
                               void (*release)(void *context),
                               CTorch_Tensor *_Nullable *_Nonnull result);

// Another handle of the same tensor, its record of operations included.
CTorch_Status CTorch_share(const CTorch_Tensor *tensor, CTorch_Tensor *_Nullable *_Nonnull result);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
