// Decoding of JPEG, PNG, WebP, GIF and AVIF files to 8-bit RGB, and encoding of JPEG, over libjpeg-turbo,
// libpng, libwebp, giflib and libavif with dav1d.
//
// Every function is pure: no global state, no callback, nothing kept between calls, so any number of
// threads may call any of them. The caller owns all memory. Bytes are never trusted: every function
// ends on any input with a status.
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

// Decodes a JPEG file to `size.width * size.height * 3` bytes at `pixels`.
//
// `size` is what CImageCodecs_jpegSize told; another size in the file is a broken file. Data that ends
// early is a broken file, where libjpeg alone would fill in grey. `maximumScans` bounds the work that a
// progressive file can ask for, whatever its size in bytes.
CImageCodecs_Status CImageCodecs_jpegDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, int maximumScans,
                                            uint8_t *pixels, CImageCodecs_Message message);

// Writes RGB pixels as a JPEG file by libjpeg's defaults: quality 75, colour at half the size each way.
//
// `bytes` is allocated by the function and given back by CImageCodecs_free.
CImageCodecs_Status CImageCodecs_jpegEncode(const uint8_t *pixels, CImageCodecs_Size size,
                                            uint8_t *_Nullable *_Nonnull bytes, size_t *count,
                                            CImageCodecs_Message message);

// Gives back what an encoder allocated.
void CImageCodecs_free(uint8_t *_Nullable bytes);

// Decodes a PNG file to `size.width * size.height * 3` bytes at `pixels`, composited over white.
//
// `size` is what the file's header told; another size in the file is a broken file.
CImageCodecs_Status CImageCodecs_pngDecode(const uint8_t *bytes, size_t count,
                                           CImageCodecs_Size size, uint8_t *pixels,
                                           CImageCodecs_Message message);

// Reads the size of a WebP file without decoding it; animations are unsupported.
CImageCodecs_Status CImageCodecs_webpSize(const uint8_t *bytes, size_t count,
                                          CImageCodecs_Size *size, CImageCodecs_Message message);

// Decodes a still WebP file to `size.width * size.height * 3` bytes at `pixels`, composited over white.
CImageCodecs_Status CImageCodecs_webpDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, uint8_t *pixels,
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
                                            CImageCodecs_Size size, uint8_t *pixels,
                                            CImageCodecs_Message message);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
