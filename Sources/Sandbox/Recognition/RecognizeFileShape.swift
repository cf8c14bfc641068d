extension MessageShape {
  /// `speechkit.stt.v3.RecognizeFileRequest`, with the service's names.
  static let recognizeFileRequest = message([
    "content": .bytes,
    "uri": .string,
    "recognition_model": recognitionModelOptions,
    "recognition_classifier": .message([
      "classifiers": .list(
        .message([
          "classifier": .string,
          "triggers": .list(.enumeration(["TRIGGER_TYPE_UNSPECIFIED", "ON_UTTERANCE", "ON_FINAL", "ON_PARTIAL"])),
        ]))
    ]),
    "speech_analysis": speechAnalysisOptions,
    "speaker_labeling": .message([
      "speaker_labeling": .enumeration([
        "SPEAKER_LABELING_UNSPECIFIED", "SPEAKER_LABELING_ENABLED", "SPEAKER_LABELING_DISABLED",
      ])
    ]),
    "summarization": .message([
      "model_uri": .string,
      "properties": .list(
        .message([
          "instruction": .string, "json_object": .bool, "json_schema": .message(["schema": .anyObject]),
        ])),
    ]),
  ])

  private static let recognitionModelOptions = message([
    "model": .string,
    "audio_format": .message([
      "raw_audio": .message([
        "audio_encoding": .enumeration(["AUDIO_ENCODING_UNSPECIFIED", "LINEAR16_PCM"]),
        "sample_rate_hertz": .integer,
        "audio_channel_count": .integer,
      ]),
      "container_audio": .message([
        "container_audio_type": .enumeration(["CONTAINER_AUDIO_TYPE_UNSPECIFIED", "WAV", "OGG_OPUS", "MP3"])
      ]),
    ]),
    "text_normalization": .message([
      "text_normalization": .enumeration([
        "TEXT_NORMALIZATION_UNSPECIFIED", "TEXT_NORMALIZATION_ENABLED", "TEXT_NORMALIZATION_DISABLED",
      ]),
      "profanity_filter": .bool,
      "literature_text": .bool,
      "phone_formatting_mode": .enumeration([
        "PHONE_FORMATTING_MODE_UNSPECIFIED", "PHONE_FORMATTING_MODE_DISABLED",
      ]),
    ]),
    "language_restriction": .message([
      "restriction_type": .enumeration(["LANGUAGE_RESTRICTION_TYPE_UNSPECIFIED", "WHITELIST", "BLACKLIST"]),
      "language_code": .list(.string),
    ]),
    "audio_processing_type": .enumeration(["AUDIO_PROCESSING_TYPE_UNSPECIFIED", "REAL_TIME", "FULL_DATA"]),
  ])

  private static let speechAnalysisOptions = message([
    "enable_speaker_analysis": .bool,
    "enable_conversation_analysis": .bool,
    "descriptive_statistics_quantiles": .list(.number),
    "speaker_options": .message(["silence_threshold_ms": .integer]),
    // The misspelling is the service's.
    "converstation_options": .message([
      "simultaneous_silence_threshold_ms": .integer, "simultaneous_speech_threshold_ms": .integer,
    ]),
  ])
}
