#include <stdlib.h>

#include <webp/decode.h>

#include "internal.h"

static const char *textOf(VP8StatusCode code) {
  switch (code) {
    case VP8_STATUS_OUT_OF_MEMORY: return "out of memory";
    case VP8_STATUS_BITSTREAM_ERROR: return "bitstream error";
    case VP8_STATUS_UNSUPPORTED_FEATURE: return "unsupported feature";
    case VP8_STATUS_NOT_ENOUGH_DATA: return "file ends early";
    default: return "cannot be decoded";
  }
}

static CImageCodecs_Status fail(VP8StatusCode code, CImageCodecs_Message message) {
  CImageCodecs_say(message, textOf(code));
  return code == VP8_STATUS_UNSUPPORTED_FEATURE ? CImageCodecs_unsupported : CImageCodecs_broken;
}

CImageCodecs_Status CImageCodecs_webpSize(const uint8_t *bytes, size_t count,
                                          CImageCodecs_Size *size, CImageCodecs_Message message) {
  WebPBitstreamFeatures features;
  CImageCodecs_say(message, "");
  VP8StatusCode code = WebPGetFeatures(bytes, count, &features);
  if (code != VP8_STATUS_OK) return fail(code, message);
  if (features.has_animation) {
    CImageCodecs_say(message, "animated WebP");
    return CImageCodecs_unsupported;
  }
  size->width = (uint32_t)features.width;
  size->height = (uint32_t)features.height;
  return CImageCodecs_ok;
}

static VP8StatusCode decode(const uint8_t *bytes, size_t count, WebPDecoderConfig *config,
                            WEBP_CSP_MODE colours, uint8_t *target, size_t stride) {
  config->output.colorspace = colours;
  config->output.is_external_memory = 1;
  config->output.u.RGBA.rgba = target;
  config->output.u.RGBA.stride = (int)stride;
  config->output.u.RGBA.size = stride * (size_t)config->input.height;
  VP8StatusCode code = WebPDecode(bytes, count, config);
  WebPFreeDecBuffer(&config->output);
  return code;
}

static uint32_t littleEndian(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// A colour profile is the chunk after the extended header (WebP Container Specification, "Color Profile").
static void toSRGB(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t pixelCount) {
  enum { header = 30, chunk = 8 };
  if (count < header + chunk || memcmp(bytes + 12, "VP8X", 4) != 0 || !(bytes[20] & 0x20)) return;
  if (memcmp(bytes + header, "ICCP", 4) != 0) return;
  uint32_t length = littleEndian(bytes + header + 4);
  if (length > count - header - chunk) return;
  CImageCodecs_toSRGB(bytes + header + chunk, length, pixels, pixelCount);
}

static VP8StatusCode decodeRGB(const uint8_t *bytes, size_t count, WebPDecoderConfig *config,
                               CImageCodecs_Size size, uint8_t *pixels) {
  size_t width = size.width, height = size.height;
  if (!config->input.has_alpha) return decode(bytes, count, config, MODE_RGB, pixels, width * 3);
  uint8_t *rgba = malloc(width * height * 4);
  if (rgba == NULL) return VP8_STATUS_OUT_OF_MEMORY;
  VP8StatusCode code = decode(bytes, count, config, MODE_RGBA, rgba, width * 4);
  if (code == VP8_STATUS_OK) CImageCodecs_overWhite(rgba, width * height, pixels);
  free(rgba);
  return code;
}

CImageCodecs_Status CImageCodecs_webpDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                            CImageCodecs_Message message) {
  WebPDecoderConfig config;
  CImageCodecs_say(message, "");
  if (!WebPInitDecoderConfig(&config)) return fail(VP8_STATUS_INVALID_PARAM, message);
  VP8StatusCode code = WebPGetFeatures(bytes, count, &config.input);
  if (code != VP8_STATUS_OK) return fail(code, message);
  if ((uint32_t)config.input.width != size.width || (uint32_t)config.input.height != size.height) {
    CImageCodecs_say(message, "two different sizes");
    return CImageCodecs_broken;
  }
  code = decodeRGB(bytes, count, &config, size, pixels);
  if (code != VP8_STATUS_OK) return fail(code, message);
  if (sRGB) toSRGB(bytes, count, pixels, (size_t)size.width * size.height);
  return CImageCodecs_ok;
}
