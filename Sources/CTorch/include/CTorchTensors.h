// Making tensors, reading them, moving them; random numbers; threads and devices.
#ifndef CTORCH_TENSORS_H
#define CTORCH_TENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

// A reference to a tensor.
typedef struct CTorch_Tensor CTorch_Tensor;
// A pseudo-random generator of its own state (Mersenne twister on the CPU).
typedef struct CTorch_Generator CTorch_Generator;

// How a call ended.
typedef enum CTorch_Status {
  CTorch_ok = 0,
  CTorch_failed = 1,
} CTorch_Status;

// The reason of the calling thread's last CTorch_failed; valid until the thread's next failure.
const char *CTorch_lastMessage(void);

// The numbers are weft's own.
typedef enum CTorch_ScalarType {
  CTorch_float32 = 0,
  CTorch_float64 = 1,
  CTorch_float16 = 2,
  CTorch_bfloat16 = 3,
  CTorch_int8 = 4,
  CTorch_uint8 = 5,
  CTorch_int32 = 6,
  CTorch_int64 = 7,
  CTorch_bool = 8,
} CTorch_ScalarType;

// Where a tensor's memory is. A meta tensor has a shape and no memory.
typedef enum CTorch_DeviceKind {
  CTorch_cpu = 0,
  CTorch_cuda = 1,
  CTorch_meta = 2,
} CTorch_DeviceKind;

typedef struct CTorch_Device {
  CTorch_DeviceKind kind;
  int32_t index;
} CTorch_Device;

typedef struct CTorch_Shape {
  const int64_t *_Nullable sizes;
  size_t rank;
} CTorch_Shape;

typedef struct CTorch_Description {
  CTorch_ScalarType type;
  CTorch_Device device;
  size_t rank;
  int64_t elementCount;
  bool isContiguous;
  bool requiresGradient;
} CTorch_Description;

// A contiguous tensor in row-major order from a copy of `count` bytes, which its shape and type
// must fill.
CTorch_Status CTorch_tensorFromBytes(const void *_Nullable bytes, size_t count,
                                     CTorch_ScalarType type, CTorch_Shape shape,
                                     CTorch_Tensor *_Nullable *_Nonnull result);
// A tensor whose elements all have one value.
CTorch_Status CTorch_full(double value, CTorch_ScalarType type, CTorch_Shape shape,
                          CTorch_Device device, CTorch_Tensor *_Nullable *_Nonnull result);
// A tensor whose elements are not set.
CTorch_Status CTorch_empty(CTorch_ScalarType type, CTorch_Shape shape, CTorch_Device device,
                           CTorch_Tensor *_Nullable *_Nonnull result);
// The whole numbers from `start` up to but without `end`.
CTorch_Status CTorch_range(int64_t start, int64_t end, CTorch_ScalarType type, CTorch_Device device,
                           CTorch_Tensor *_Nullable *_Nonnull result);
// Gives a handle back.
void CTorch_tensorFree(CTorch_Tensor *tensor);

CTorch_Status CTorch_describe(const CTorch_Tensor *tensor, CTorch_Description *result);
// Writes the sizes of a tensor of `rank` dimensions.
CTorch_Status CTorch_sizes(const CTorch_Tensor *tensor, int64_t *_Nullable sizes, size_t rank);
// The memory of a contiguous tensor on the CPU; valid as long as the tensor is.
CTorch_Status CTorch_bytes(const CTorch_Tensor *tensor, const void *_Nullable *_Nonnull bytes,
                           size_t *count);
// The value of a tensor of one element.
CTorch_Status CTorch_item(const CTorch_Tensor *tensor, double *result);

// A tensor of another type or on another device, or the same memory where nothing changes.
CTorch_Status CTorch_convert(const CTorch_Tensor *tensor, CTorch_ScalarType type,
                             CTorch_Device device, CTorch_Tensor *_Nullable *_Nonnull result);
// A copy with memory of its own.
CTorch_Status CTorch_clone(const CTorch_Tensor *tensor, CTorch_Tensor *_Nullable *_Nonnull result);
// The same elements in row-major order.
CTorch_Status CTorch_contiguous(const CTorch_Tensor *tensor,
                                CTorch_Tensor *_Nullable *_Nonnull result);
// The same memory outside the record of operations that gradients are computed by.
CTorch_Status CTorch_detach(const CTorch_Tensor *tensor, CTorch_Tensor *_Nullable *_Nonnull result);
// Overwrites elements of `tensor` with those of `source`, converted and broadcast.
CTorch_Status CTorch_assign(CTorch_Tensor *tensor, const CTorch_Tensor *source);
CTorch_Status CTorch_fill(CTorch_Tensor *tensor, double value);

CTorch_Status CTorch_generatorMake(uint64_t seed, CTorch_Device device,
                                   CTorch_Generator *_Nullable *_Nonnull result);
void CTorch_generatorFree(CTorch_Generator *generator);
// The generator's whole state as bytes.
CTorch_Status CTorch_generatorState(const CTorch_Generator *generator,
                                    CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_generatorRestore(CTorch_Generator *generator, const CTorch_Tensor *state);
// Overwrites elements with samples of a normal distribution.
CTorch_Status CTorch_fillNormal(CTorch_Tensor *tensor, double mean, double standardDeviation,
                                CTorch_Generator *generator);
// Overwrites elements with samples of a uniform distribution over [lower, upper).
CTorch_Status CTorch_fillUniform(CTorch_Tensor *tensor, double lower, double upper,
                                 CTorch_Generator *generator);
// Draws `count` indices a row in proportion to the row's weights.
CTorch_Status CTorch_multinomial(const CTorch_Tensor *weights, int64_t count, bool replacement,
                                 CTorch_Generator *generator,
                                 CTorch_Tensor *_Nullable *_Nonnull result);

// How many threads an operation that the calling thread starts may use.
CTorch_Status CTorch_setThreads(int32_t count);
int32_t CTorch_threads(void);
// Keeps freed memory in the process for the next allocation, however large, and gives none back.
void CTorch_keepFreedMemory(void);
// Loads libtorch_cuda.so if it lies in the library path, and counts the devices: 0 without it.
CTorch_Status CTorch_cudaDeviceCount(int32_t *result);
// libtorch's version.
const char *CTorch_version(void);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
