using GptImage2.Generation.Json;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Cast;

/// <summary>What an entry of the cast is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CastKind>))]
public enum CastKind
{
    Character,
    Place,
    Prop,
    Style,
}

public static class CastKindExtensions
{
    extension(CastKind kind)
    {
        /// <summary>The name in arguments and files.</summary>
        public string Name => kind.ToString().ToLowerInvariant();

        /// <summary>What its images are for, where that is not said.</summary>
        public ReferenceRole DefaultRole => kind switch
        {
            CastKind.Character => ReferenceRole.Identity,
            CastKind.Place => ReferenceRole.Environment,
            CastKind.Style => ReferenceRole.Style,
            _ => ReferenceRole.Object,
        };
    }
}
