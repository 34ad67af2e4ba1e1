#include <setjmp.h>
#include <stdlib.h>

#include <png.h>

#include "internal.h"

typedef struct Input {
  const uint8_t *bytes;
  size_t count;
  CImageCodecs_Message message;
} Input;

static _Noreturn void fail(png_structp png, png_const_charp text) {
  Input *input = png_get_error_ptr(png);
  CImageCodecs_say(input->message, text);
  png_longjmp(png, 1);
}

static void warn(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void readBytes(png_structp png, png_bytep target, size_t count) {
  Input *input = png_get_io_ptr(png);
  if (count > input->count) png_error(png, "file ends early");
  memcpy(target, input->bytes, count);
  input->bytes += count;
  input->count -= count;
}

static void setLimits(png_structp png, CImageCodecs_Size size) {
  png_set_user_limits(png, size.width, size.height);
  png_set_chunk_cache_max(png, 64);
  png_set_chunk_malloc_max(png, 4 << 20);
  // A chunk whose checksum is wrong means a damaged file, whether or not the chunk is needed.
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  // Only sizes, palette, transparency, colour profile and pixels are read: the chunks passed over here are checked by
  // their checksum and neither kept nor decompressed.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, (const png_byte *)"iCCP", 1);
}

// Asks for 8-bit RGB, or RGBA where there is any transparency; returns the bytes of a pixel.
static size_t setConversions(png_structp png, png_infop info) {
  png_byte colours = png_get_color_type(png, info);
  bool alpha = (colours & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  return alpha ? 4 : 3;
}

static void toSRGB(png_structp png, png_infop info, uint8_t *pixels, size_t count) {
  png_charp name = NULL;
  png_bytep profile = NULL;
  png_uint_32 length = 0;
  int compression = 0;
  if (png_get_iCCP(png, info, &name, &compression, &profile, &length) == PNG_INFO_iCCP) {
    CImageCodecs_toSRGB(profile, length, pixels, count);
  }
}

typedef struct Plan {
  size_t width, height, bytesPerPixel;
  int passes;
  // One row, or the whole image where it is interlaced and has transparency.
  uint8_t *scratch;
} Plan;

static void readRows(png_structp png, const Plan *plan, uint8_t *pixels) {
  size_t stride = plan->width * plan->bytesPerPixel;
  bool whole = plan->passes > 1;
  for (int pass = 0; pass < plan->passes; pass++) {
    for (size_t y = 0; y < plan->height; y++) {
      uint8_t *target = pixels + y * plan->width * 3;
      if (plan->bytesPerPixel == 3) {
        png_read_row(png, target, NULL);
        continue;
      }
      uint8_t *row = plan->scratch + (whole ? y * stride : 0);
      png_read_row(png, row, NULL);
      if (pass == plan->passes - 1) CImageCodecs_overWhite(row, plan->width, target);
    }
  }
}

CImageCodecs_Status CImageCodecs_pngDecode(const uint8_t *bytes, size_t count,
                                           CImageCodecs_Size size, bool sRGB, uint8_t *pixels,
                                           CImageCodecs_Message message) {
  Input input = {bytes, count, message};
  Plan plan = {0};
  uint8_t *volatile scratch = NULL;
  CImageCodecs_say(message, "");
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &input, fail, warn);
  png_infop info = png == NULL ? NULL : png_create_info_struct(png);
  if (info == NULL) {
    png_destroy_read_struct(&png, NULL, NULL);
    CImageCodecs_say(message, "out of memory");
    return CImageCodecs_broken;
  }
  if (setjmp(png_jmpbuf(png))) {
    free(scratch);
    png_destroy_read_struct(&png, &info, NULL);
    return CImageCodecs_broken;
  }
  png_set_read_fn(png, &input, readBytes);
  setLimits(png, size);
  png_read_info(png, info);
  plan.width = png_get_image_width(png, info);
  plan.height = png_get_image_height(png, info);
  if (plan.width != size.width || plan.height != size.height) png_error(png, "two different sizes");
  plan.bytesPerPixel = setConversions(png, info);
  plan.passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != plan.width * plan.bytesPerPixel) {
    png_error(png, "unexpected row size");
  }
  if (plan.bytesPerPixel == 4) {
    scratch = malloc(plan.width * 4 * (plan.passes > 1 ? plan.height : 1));
    if (scratch == NULL) png_error(png, "out of memory");
    plan.scratch = scratch;
  }
  readRows(png, &plan, pixels);
  png_read_end(png, NULL);
  if (sRGB) toSRGB(png, info, pixels, plan.width * plan.height);
  free(scratch);
  png_destroy_read_struct(&png, &info, NULL);
  return CImageCodecs_ok;
}
