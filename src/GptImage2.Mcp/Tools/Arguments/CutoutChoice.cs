namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Whether and how a drawn subject is cut out.</summary>
[JsonConverter(typeof(CutoutChoiceConverter))]
internal enum CutoutChoice
{
    /// <summary>It is not.</summary>
    Off,

    /// <summary>By its backdrop, or by a model that draws transparency itself.</summary>
    On,

    /// <summary>Solved from two pictures, for what is see-through.</summary>
    Translucent,
}

/// <summary>Reads true, false and "translucent".</summary>
internal sealed class CutoutChoiceConverter : JsonConverter<CutoutChoice>
{
    /// <summary>How the third is written.</summary>
    public const string Translucent = "translucent";

    public override CutoutChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => CutoutChoice.On,
        JsonTokenType.False => CutoutChoice.Off,
        JsonTokenType.String when reader.ValueTextEquals(Translucent) => CutoutChoice.Translucent,
        _ => throw new JsonException($"Expected true, false or {Translucent}."),
    };

    public override void Write(Utf8JsonWriter writer, CutoutChoice value, JsonSerializerOptions options)
    {
        if (value is CutoutChoice.Translucent)
        {
            writer.WriteStringValue(Translucent);
        }
        else
        {
            writer.WriteBooleanValue(value is CutoutChoice.On);
        }
    }
}
