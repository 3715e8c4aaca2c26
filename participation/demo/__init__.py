"""The demonstration district: invented people and matters in real places, played through the
services on a clock that only the loader can set."""
