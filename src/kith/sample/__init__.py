"""An invented, believable village: for the demo, the walk and the tests."""
