// What the decoders share; not part of the module's interface.
#ifndef CIMAGECODECS_INTERNAL_H
#define CIMAGECODECS_INTERNAL_H

#include <string.h>

#include "CImageCodecs.h"

static inline void CImageCodecs_say(CImageCodecs_Message message, const char *text) {
  size_t length = strlen(text);
  if (length >= message.capacity) length = message.capacity - 1;
  memcpy(message.text, text, length);
  message.text[length] = 0;
}

// x / 255 rounded to nearest, for 0 <= x <= 255 * 255.
static inline uint8_t CImageCodecs_dividedBy255(unsigned x) {
  x += 128;
  return (uint8_t)((x + (x >> 8)) >> 8);
}

// Composites `count` RGBA pixels over white, which is what a page shows behind them most often.
static inline void CImageCodecs_overWhite(const uint8_t *rgba, size_t count, uint8_t *rgb) {
  for (size_t i = 0; i < count; i++) {
    unsigned alpha = rgba[4 * i + 3];
    unsigned white = 255 * (255 - alpha);
    for (int channel = 0; channel < 3; channel++) {
      rgb[3 * i + channel] = CImageCodecs_dividedBy255(white + alpha * rgba[4 * i + channel]);
    }
  }
}

// Converts `pixels` RGB pixels in place from the colours of an ICC profile to sRGB; leaves them as they are
// where there is no profile, or it is sRGB's, not one of RGB, or broken, as browsers do.
void CImageCodecs_toSRGB(const uint8_t *icc, size_t count, uint8_t *rgb, size_t pixels);

#endif
