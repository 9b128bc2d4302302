"""Which cleaner belongs to which container, by the ending such files get."""

import struct

from curriculum.recorded import Odd, mp4, ogg, plain, webm

#: Work where the bytes stand, and answer which tracks there are.
IN_PLACE = {"webm": webm.clean, "mp4": mp4.clean, "ogg": ogg.clean}
#: Give new bytes.
ANEW = {"wav": plain.wav, "mp3": plain.mp3}
#: What a cleaner raises for a file that is damaged or cut off.
DAMAGED = (IndexError, ValueError, struct.error, Odd)
