using GptImage2.Generation.Json;

namespace GptImage2.Generation.Requests;

/// <summary>What a reference is for. The service knows no roles, so the prompt states them, always in the same words.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ReferenceRole>))]
public enum ReferenceRole
{
    Object,
    Base,
    Identity,
    Style,
    Environment,
    Layout,
}

public static class ReferenceRoleExtensions
{
    extension(ReferenceRole role)
    {
        /// <summary>The name in arguments.</summary>
        public string Name => role.ToString().ToLowerInvariant();

        /// <summary>When to choose it.</summary>
        public string Purpose => role switch
        {
            ReferenceRole.Base => "the image to edit",
            ReferenceRole.Identity => "face, body, wardrobe",
            ReferenceRole.Style => "only how it is rendered",
            ReferenceRole.Environment => "the place",
            ReferenceRole.Layout => "the arrangement",
            _ => "a thing to show",
        };

        /// <summary>What the prompt says after "Image 2 is ".</summary>
        public string PromptText => role switch
        {
            ReferenceRole.Base => "the image to edit. Keep its composition, camera, light, faces, text and everything else that is not named below exactly as they are.",
            ReferenceRole.Identity => "an identity lock. Keep this person's or character's face, facial structure, hair, body and wardrobe exactly.",
            ReferenceRole.Style => "the style. Render like it in medium, brushwork or film stock, palette and light; take no subject or object from it.",
            ReferenceRole.Environment => "the environment. Take the place from it: set, architecture, layout and horizon.",
            ReferenceRole.Layout => "the layout. Follow where it puts things and how large they are, not how it is drawn: none of its lines, labels or notes appear.",
            _ => "an object to show. Keep its shape, proportions, colours, materials and every label legible and unchanged.",
        };
    }
}
