namespace GptImage2.Mcp.Results;

/// <summary>Enum members as they are called in JSON and in texts: in snake_case, as their attributes say.</summary>
internal static class EnumNames
{
    public static string Format<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
