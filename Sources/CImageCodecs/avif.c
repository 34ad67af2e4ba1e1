#include <stdlib.h>

#include <avif/avif.h>

#include "internal.h"

static CImageCodecs_Status fail(avifDecoder *decoder, avifResult result, CImageCodecs_Message message) {
  CImageCodecs_say(message, avifResultToString(result));
  if (decoder != NULL) avifDecoderDestroy(decoder);
  bool unsupported = result == AVIF_RESULT_NOT_IMPLEMENTED || result == AVIF_RESULT_UNSUPPORTED_DEPTH ||
                     result == AVIF_RESULT_NO_CODEC_AVAILABLE;
  return unsupported ? CImageCodecs_unsupported : CImageCodecs_broken;
}

// Reads the boxes of a file; says why and returns NULL where they are not those of an image.
static avifDecoder *open(const uint8_t *bytes, size_t count, CImageCodecs_Message message,
                         CImageCodecs_Status *status) {
  avifDecoder *decoder = avifDecoderCreate();
  if (decoder == NULL) {
    *status = fail(NULL, AVIF_RESULT_OUT_OF_MEMORY, message);
    return NULL;
  }
  decoder->codecChoice = AVIF_CODEC_CHOICE_DAV1D;
  decoder->maxThreads = 1;
  decoder->ignoreExif = AVIF_TRUE;
  decoder->ignoreXMP = AVIF_TRUE;
  // Faults that common writers make and browsers pass over: no pixel information, a wrong clean aperture.
  decoder->strictFlags &= ~(avifStrictFlags)(AVIF_STRICT_PIXI_REQUIRED | AVIF_STRICT_CLAP_VALID);
  // The caller checks sizes against its own limits, which say by how much a file is over.
  decoder->imageDimensionLimit = 0;
  avifResult result = avifDecoderSetIOMemory(decoder, bytes, count);
  if (result == AVIF_RESULT_OK) result = avifDecoderParse(decoder);
  if (result != AVIF_RESULT_OK) {
    *status = fail(decoder, result, message);
    return NULL;
  }
  return decoder;
}

// The EXIF orientation that shows what a rotation and then a mirroring do (ISO/IEC 23008-12, 6.5.10 and 6.5.12).
static int orientationOf(const avifImage *image) {
  // Rows are quarter turns to the left; columns are no mirror, top to bottom, left to right.
  static const int orientations[4][3] = {{1, 4, 2}, {8, 5, 7}, {3, 2, 4}, {6, 7, 5}};
  int turns = image->transformFlags & AVIF_TRANSFORM_IROT ? image->irot.angle & 3 : 0;
  int mirror = image->transformFlags & AVIF_TRANSFORM_IMIR ? 1 + (image->imir.mode & 1) : 0;
  return orientations[turns][mirror];
}

CImageCodecs_Status CImageCodecs_avifSize(const uint8_t *bytes, size_t count, CImageCodecs_Size *size,
                                          int *orientation, CImageCodecs_Message message) {
  CImageCodecs_Status status = CImageCodecs_ok;
  CImageCodecs_say(message, "");
  avifDecoder *decoder = open(bytes, count, message, &status);
  if (decoder == NULL) return status;
  *size = (CImageCodecs_Size){decoder->image->width, decoder->image->height};
  *orientation = orientationOf(decoder->image);
  avifDecoderDestroy(decoder);
  return CImageCodecs_ok;
}

static avifResult convert(const avifImage *image, bool sRGB, uint8_t *pixels) {
  bool clear = image->alphaPlane != NULL;
  size_t width = image->width, height = image->height;
  avifRGBImage rgb;
  avifRGBImageSetDefaults(&rgb, image);
  rgb.depth = 8;
  rgb.format = clear ? AVIF_RGB_FORMAT_RGBA : AVIF_RGB_FORMAT_RGB;
  rgb.pixels = clear ? malloc(width * height * 4) : pixels;
  if (rgb.pixels == NULL) return AVIF_RESULT_OUT_OF_MEMORY;
  rgb.rowBytes = (uint32_t)width * (clear ? 4 : 3);
  avifResult result = avifImageYUVToRGB(image, &rgb);
  if (clear) {
    if (result == AVIF_RESULT_OK) CImageCodecs_overWhite(rgb.pixels, width * height, pixels);
    free(rgb.pixels);
  }
  if (sRGB && result == AVIF_RESULT_OK) {
    CImageCodecs_toSRGB(image->icc.data, image->icc.size, pixels, width * height);
  }
  return result;
}

CImageCodecs_Status CImageCodecs_avifDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                            CImageCodecs_Message message) {
  CImageCodecs_Status status = CImageCodecs_ok;
  CImageCodecs_say(message, "");
  avifDecoder *decoder = open(bytes, count, message, &status);
  if (decoder == NULL) return status;
  // The boxes and the coded pictures state their sizes separately.
  uint64_t pixelCount = (uint64_t)size.width * size.height;
  if (pixelCount < decoder->imageSizeLimit) decoder->imageSizeLimit = (uint32_t)pixelCount;
  avifResult result = avifDecoderNextImage(decoder);
  if (result != AVIF_RESULT_OK) return fail(decoder, result, message);
  const avifImage *image = decoder->image;
  if (image->width != size.width || image->height != size.height) {
    CImageCodecs_say(message, "two different sizes");
    avifDecoderDestroy(decoder);
    return CImageCodecs_broken;
  }
  result = convert(image, sRGB, pixels);
  if (result != AVIF_RESULT_OK) return fail(decoder, result, message);
  avifDecoderDestroy(decoder);
  return CImageCodecs_ok;
}
