// The inner loops of resampling, in a version for every x86-64 processor and one for those with AVX2.
//
// All arithmetic is in whole numbers, so both give the same bytes.
#include "internal.h"

typedef int32_t Lanes __attribute__((vector_size(16)));
typedef uint8_t Bytes __attribute__((vector_size(4)));
typedef int32_t WideLanes __attribute__((vector_size(32)));
typedef uint8_t WideBytes __attribute__((vector_size(8)));

#define ALWAYS static inline __attribute__((always_inline))
#define AVX2 __attribute__((target("avx2")))

// One half in fixed point, added so that the final shift rounds.
#define HALF (1 << (CImageCodecs_fractionBits - 1))

ALWAYS uint8_t level(int32_t sum) {
  sum >>= CImageCodecs_fractionBits;
  return (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

ALWAYS void acrossRGB(const uint8_t *row, ptrdiff_t pixels, CImageCodecs_Weights weights, uint8_t *target) {
  for (ptrdiff_t i = 0; i < weights.outputs; i++) {
    const int32_t *taps = weights.weights + i * weights.stride;
    ptrdiff_t start = weights.starts[i], count = weights.counts[i];
    Lanes sum = {HALF, HALF, HALF, 0};
    // Four bytes are read at a time, of which the last belongs to the next pixel; the row's last pixel has
    // none.
    ptrdiff_t safe = start + count < pixels ? count : pixels - 1 - start;
    WideLanes pairs = {0};
    ptrdiff_t tap = 0;
    for (; tap + 2 <= safe; tap += 2) {
      WideBytes pixel;
      memcpy(&pixel, row + (start + tap) * 3, 4);
      memcpy((uint8_t *)&pixel + 4, row + (start + tap + 1) * 3, 4);
      int32_t one = taps[tap], next = taps[tap + 1];
      pairs += __builtin_convertvector(pixel, WideLanes) *
               (WideLanes){one, one, one, one, next, next, next, next};
    }
    sum += __builtin_shufflevector(pairs, pairs, 0, 1, 2, 3) +
           __builtin_shufflevector(pairs, pairs, 4, 5, 6, 7);
    for (; tap < safe; tap++) {
      Bytes pixel;
      memcpy(&pixel, row + (start + tap) * 3, 4);
      sum += __builtin_convertvector(pixel, Lanes) * taps[tap];
    }
    for (; tap < count; tap++) {
      const uint8_t *pixel = row + (start + tap) * 3;
      sum += (Lanes){pixel[0], pixel[1], pixel[2], 0} * taps[tap];
    }
    for (int channel = 0; channel < 3; channel++) target[3 * i + channel] = level(sum[channel]);
  }
}

ALWAYS void acrossGrey(const uint8_t *row, CImageCodecs_Weights weights, uint8_t *target) {
  for (ptrdiff_t i = 0; i < weights.outputs; i++) {
    const int32_t *taps = weights.weights + i * weights.stride;
    const uint8_t *from = row + weights.starts[i];
    int32_t sum = HALF;
    for (ptrdiff_t tap = 0; tap < weights.counts[i]; tap++) sum += from[tap] * taps[tap];
    target[i] = level(sum);
  }
}

ALWAYS void down(const uint8_t *rows, ptrdiff_t rowBytes, CImageCodecs_Weights weights, uint8_t *target) {
  enum { width = 32 };
  for (ptrdiff_t i = 0; i < weights.outputs; i++) {
    const int32_t *taps = weights.weights + i * weights.stride;
    const uint8_t *from = rows + weights.starts[i] * rowBytes;
    ptrdiff_t count = weights.counts[i], column = 0;
    for (; column + width <= rowBytes; column += width) {
      int32_t sums[width];
      for (int k = 0; k < width; k++) sums[k] = HALF;
      for (ptrdiff_t tap = 0; tap < count; tap++) {
        const uint8_t *place = from + tap * rowBytes + column;
        for (int k = 0; k < width; k++) sums[k] += place[k] * taps[tap];
      }
      for (int k = 0; k < width; k++) target[i * rowBytes + column + k] = level(sums[k]);
    }
    for (; column < rowBytes; column++) {
      int32_t sum = HALF;
      for (ptrdiff_t tap = 0; tap < count; tap++) sum += from[tap * rowBytes + column] * taps[tap];
      target[i * rowBytes + column] = level(sum);
    }
  }
}

ALWAYS void luminance(const uint8_t *rgb, size_t count, uint8_t *grey) {
  for (size_t i = 0; i < count; i++) {
    grey[i] =
        (uint8_t)((rgb[3 * i] * 19595u + rgb[3 * i + 1] * 38470u + rgb[3 * i + 2] * 7471u + 0x8000u) >> 16);
  }
}

AVX2 static void acrossRGBWide(const uint8_t *row, ptrdiff_t pixels, CImageCodecs_Weights weights,
                               uint8_t *target) {
  acrossRGB(row, pixels, weights, target);
}
AVX2 static void acrossGreyWide(const uint8_t *row, CImageCodecs_Weights weights, uint8_t *target) {
  acrossGrey(row, weights, target);
}
AVX2 static void downWide(const uint8_t *rows, ptrdiff_t rowBytes, CImageCodecs_Weights weights,
                          uint8_t *target) {
  down(rows, rowBytes, weights, target);
}
AVX2 static void luminanceWide(const uint8_t *rgb, size_t count, uint8_t *grey) {
  luminance(rgb, count, grey);
}

void CImageCodecs_acrossRGB(const uint8_t *row, ptrdiff_t pixels, CImageCodecs_Weights weights,
                            uint8_t *target) {
  if (__builtin_cpu_supports("avx2")) return acrossRGBWide(row, pixels, weights, target);
  acrossRGB(row, pixels, weights, target);
}

void CImageCodecs_acrossGrey(const uint8_t *row, CImageCodecs_Weights weights, uint8_t *target) {
  if (__builtin_cpu_supports("avx2")) return acrossGreyWide(row, weights, target);
  acrossGrey(row, weights, target);
}

void CImageCodecs_down(const uint8_t *rows, ptrdiff_t rowBytes, CImageCodecs_Weights weights,
                       uint8_t *target) {
  if (__builtin_cpu_supports("avx2")) return downWide(rows, rowBytes, weights, target);
  down(rows, rowBytes, weights, target);
}

void CImageCodecs_luminance(const uint8_t *rgb, size_t count, uint8_t *grey) {
  if (__builtin_cpu_supports("avx2")) return luminanceWide(rgb, count, grey);
  luminance(rgb, count, grey);
}
