/** The one client of this page; the system that served the page answers it, by the cookie the page was opened with. */
import { createClient } from '@llmagentos/sdk/client';

export const api = createClient();
