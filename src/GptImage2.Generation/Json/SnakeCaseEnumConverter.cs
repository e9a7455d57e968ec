namespace GptImage2.Generation.Json;

/// <summary>Writes enum members in snake_case, as clients and persisted JSON know them: AnswerLost is answer_lost.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;
