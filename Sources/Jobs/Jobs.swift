import SpeechKit
