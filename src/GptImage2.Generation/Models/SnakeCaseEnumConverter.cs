using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptImage2.Generation.Models;

/// <summary>Writes enum members in snake_case, as clients and persisted JSON know them: AnswerLost is answer_lost.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;
