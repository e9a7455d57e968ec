using System.Reflection;
using GptImage2.Generation.PostProcessing;

namespace GptImage2.Testing.Hosts;

/// <summary>What tests do with the announcements of changes.</summary>
public static class StoreEvents
{
    extension(ImageStoreEvents events)
    {
        /// <summary>How many are told.</summary>
        public int CountListeners() =>
            (typeof(ImageStoreEvents).GetField(nameof(ImageStoreEvents.ImagesChanged), BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(events) as Action<string>)?.GetInvocationList().Length ?? 0;

        public void Announce(string owner) => events.RaiseImagesChanged(owner);
    }
}
