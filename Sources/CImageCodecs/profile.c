#include <lcms2.h>

#include "internal.h"

// Whether a profile names itself one of sRGB, as most that files carry do: "sRGB IEC61966-2.1", "GIMP
// built-in sRGB".
static bool isSRGB(cmsHPROFILE profile) {
  char name[128] = "";
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", name, sizeof name);
  // "Linear sRGB", "sRGB-elle-V2-g10" and "scRGB" have its primaries and another tone curve.
  return strstr(name, "sRGB") != NULL && strstr(name, "inear") == NULL && strstr(name, "-g10") == NULL;
}

static cmsHTRANSFORM transform(cmsContext context, cmsHPROFILE profile) {
  cmsHPROFILE target = cmsCreate_sRGBProfileTHR(context);
  if (target == NULL) return NULL;
  cmsHTRANSFORM made = cmsCreateTransformTHR(context, profile, TYPE_RGB_8, target, TYPE_RGB_8,
                                             INTENT_PERCEPTUAL, cmsFLAGS_NOCACHE);
  cmsCloseProfile(target);
  return made;
}

void CImageCodecs_toSRGB(const uint8_t *icc, size_t count, uint8_t *rgb, size_t pixels) {
  // Profiles of printers have tables of up to a few megabytes.
  if (icc == NULL || count < 128 || count > (4u << 20)) return;
  // A context of its own has no error handler that writes somewhere, and nothing that threads share.
  cmsContext context = cmsCreateContext(NULL, NULL);
  if (context == NULL) return;
  cmsHPROFILE profile = cmsOpenProfileFromMemTHR(context, icc, (cmsUInt32Number)count);
  if (profile != NULL && cmsGetColorSpace(profile) == cmsSigRgbData && !isSRGB(profile)) {
    cmsHTRANSFORM conversion = transform(context, profile);
    if (conversion != NULL) {
      // Pixels are counted by 32 bits.
      for (size_t done = 0; done < pixels; done += 1u << 20) {
        size_t part = pixels - done < (1u << 20) ? pixels - done : 1u << 20;
        cmsDoTransform(conversion, rgb + done * 3, rgb + done * 3, (cmsUInt32Number)part);
      }
      cmsDeleteTransform(conversion);
    }
  }
  if (profile != NULL) cmsCloseProfile(profile);
  cmsDeleteContext(context);
}
