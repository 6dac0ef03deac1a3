"""The HTML templates; a package only so that the wheel carries them beside `service`."""
