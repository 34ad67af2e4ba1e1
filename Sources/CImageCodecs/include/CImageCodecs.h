// Decoding of JPEG, PNG, WebP, GIF and AVIF files to 8-bit RGB, encoding of JPEG, and resampling, over
// libjpeg-turbo, libpng, libwebp, giflib and libavif with dav1d.
//
// Every function is pure: no global state, no callback, nothing kept between calls, so any number of
// threads may call any of them. The caller owns all memory. Bytes are never trusted: every function
// that reads a file ends on any input with a status.
//
// Where `sRGB` is asked for, the colours of an RGB profile in the file are converted to it; else the profile is
// passed over.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

// How a call ended.
typedef enum CImageCodecs_Status {
  CImageCodecs_ok = 0,
  // The file is damaged, cut short, or breaks its format's rules or the limits set on it.
  CImageCodecs_broken = 1,
  // The file is well-formed as far as was read, but of a kind that is not decoded.
  CImageCodecs_unsupported = 2,
} CImageCodecs_Status;

// The size of a file's image as it is stored, before any EXIF orientation.
typedef struct CImageCodecs_Size {
  uint32_t width;
  uint32_t height;
} CImageCodecs_Size;

// A place for the library's own message, always ended by a zero byte; `capacity` is at least 1.
typedef struct CImageCodecs_Message {
  char *text;
  size_t capacity;
} CImageCodecs_Message;

// Reads the size of a JPEG file without decoding it.
CImageCodecs_Status CImageCodecs_jpegSize(const uint8_t *bytes, size_t count,
                                          CImageCodecs_Size *size, CImageCodecs_Message message);

// Decodes a JPEG file to 3 bytes a pixel at `pixels`, scaled down to `eighths` / 8 of its size while it is
// decoded: each side is that share of the file's, rounded up. `eighths` is 1, 2, 4 or 8.
//
// `size` is what CImageCodecs_jpegSize told; another size in the file is a broken file. Data that ends
// early is a broken file, where libjpeg alone would fill in grey. `maximumScans` bounds the work that a
// progressive file can ask for, whatever its size in bytes.
CImageCodecs_Status CImageCodecs_jpegDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, int eighths, int maximumScans,
                                            bool sRGB, uint8_t *pixels, CImageCodecs_Message message);

// The most bytes that CImageCodecs_jpegEncode writes for an image of a size.
size_t CImageCodecs_jpegBound(CImageCodecs_Size size);

// Encodes `size.width * size.height * 3` bytes at `pixels` as a baseline JPEG file of YCbCr with the
// chroma of 2 by 2 pixels in one.
//
// `quality` is libjpeg's, 1 to 100. `file` has room for CImageCodecs_jpegBound bytes; `*count` tells how
// many were written.
CImageCodecs_Status CImageCodecs_jpegEncode(const uint8_t *pixels, CImageCodecs_Size size, int quality,
                                            uint8_t *file, size_t *count,
                                            CImageCodecs_Message message);

// Decodes a PNG file to `size.width * size.height * 3` bytes at `pixels`, composited over white.
//
// `size` is what the file's header told; another size in the file is a broken file.
CImageCodecs_Status CImageCodecs_pngDecode(const uint8_t *bytes, size_t count,
                                           CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                           CImageCodecs_Message message);

// Reads the size of a WebP file without decoding it; animations are unsupported.
CImageCodecs_Status CImageCodecs_webpSize(const uint8_t *bytes, size_t count,
                                          CImageCodecs_Size *size, CImageCodecs_Message message);

// Decodes a still WebP file to `size.width * size.height * 3` bytes at `pixels`, composited over white.
CImageCodecs_Status CImageCodecs_webpDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                            CImageCodecs_Message message);

// Reads the size of a GIF file without decoding it: its screen, or its first frame where that is larger.
CImageCodecs_Status CImageCodecs_gifSize(const uint8_t *bytes, size_t count,
                                         CImageCodecs_Size *size, CImageCodecs_Message message);

// Decodes the first frame of a GIF file to `size.width * size.height * 3` bytes at `pixels`, over white.
//
// `size` is what CImageCodecs_gifSize told. A frame that ends early is a broken file; the bytes after it
// are not read.
CImageCodecs_Status CImageCodecs_gifDecode(const uint8_t *bytes, size_t count,
                                           CImageCodecs_Size size, uint8_t *pixels,
                                           CImageCodecs_Message message);

// Reads the stored size of an AVIF file without decoding it, and how it is turned for showing, as a value
// of EXIF's orientation. More than 2^28 pixels are a broken file.
CImageCodecs_Status CImageCodecs_avifSize(const uint8_t *bytes, size_t count, CImageCodecs_Size *size,
                                          int *orientation, CImageCodecs_Message message);

// Decodes an AVIF file, of a sequence its first picture, to `size.width * size.height * 3` bytes at
// `pixels`, over white and not yet turned. It starts no thread.
CImageCodecs_Status CImageCodecs_avifDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                            CImageCodecs_Message message);

// Bits after the binary point of weights: 32 less 8 for the pixel and 2 for sums beyond 1, as in Pillow.
enum { CImageCodecs_fractionBits = 22 };

// For each of `outputs` pixels of a direction: the first pixel it is made of, their number, and their
// weights, `stride` apart. The caller sees to it that all of them lie within the source.
typedef struct CImageCodecs_Weights {
  const ptrdiff_t *starts;
  const ptrdiff_t *counts;
  const int32_t *weights;
  ptrdiff_t stride;
  ptrdiff_t outputs;
} CImageCodecs_Weights;

// Resizes a row of `pixels` RGB pixels across to `weights.outputs` pixels at `target`.
void CImageCodecs_acrossRGB(const uint8_t *row, ptrdiff_t pixels, CImageCodecs_Weights weights,
                            uint8_t *target);

// Resizes a row of grey pixels across to `weights.outputs` pixels at `target`.
void CImageCodecs_acrossGrey(const uint8_t *row, CImageCodecs_Weights weights, uint8_t *target);

// Resizes rows of `rowBytes` bytes down to `weights.outputs` rows at `target`.
void CImageCodecs_down(const uint8_t *rows, ptrdiff_t rowBytes, CImageCodecs_Weights weights,
                       uint8_t *target);

// ITU-R BT.601 luminance of `count` RGB pixels, in the fixed point of Pillow's conversion to `L`.
void CImageCodecs_luminance(const uint8_t *rgb, size_t count, uint8_t *grey);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
