import WavprepCommands

Wavprep.main()
