namespace GptImage2.Generation.Json;

/// <summary>Writes a size as 1536x1024.</summary>
internal sealed class DimensionsConverter : JsonConverter<Dimensions>
{
    public override Dimensions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Dimensions.TryParse(reader.GetString(), null, out var size) ? size : throw new JsonException("A size is not WIDTHxHEIGHT.");

    public override void Write(Utf8JsonWriter writer, Dimensions value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
