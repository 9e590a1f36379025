import '@fontsource/cormorant-garamond/latin-500.css';
import '@fontsource/cormorant-garamond/latin-600.css';
import './design/tokens.css';
import './design/ground.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startEvents } from './api/events.tsx';
import { SpeechProvider } from './i18n/words.tsx';
import { App } from './shell/app.tsx';
import { startTheme } from './shell/theme.ts';

startTheme();
startEvents();
createRoot(document.getElementById('studio')!).render(
  <StrictMode>
    <SpeechProvider>
      <App />
    </SpeechProvider>
  </StrictMode>,
);
