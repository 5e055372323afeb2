"""*Only me*: choosing it, opening what is shut, the recovery sheet."""
